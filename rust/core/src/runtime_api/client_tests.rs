//! The client against a scripted Runtime API on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::{Client, Posted};
use crate::fault::Fault;
use crate::runtime_api::{Invocation, RuntimeApiError};

/// A server on one connection: answers request i with `responses[i]`, returns what it was sent.
fn server(responses: Vec<&'static str>) -> (Client, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        responses
            .iter()
            .map(|response| {
                let request = read_request(&mut reader);
                stream.write_all(response.as_bytes()).unwrap();
                request
            })
            .collect()
    });
    (Client::new(&address, "sparta/1"), thread)
}

fn read_request(reader: &mut impl BufRead) -> String {
    let (mut request, mut length) = (String::new(), 0);
    while !request.ends_with("\r\n\r\n") {
        let start = request.len();
        assert_ne!(reader.read_line(&mut request).unwrap(), 0);
        if let Some(value) = request[start..].strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + std::str::from_utf8(&body).unwrap()
}

const ACCEPTED: &str = "HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n";
const EVENT: &str = "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: 8f5-1\r\n\
    Lambda-Runtime-Deadline-Ms: 1700000000000\r\nLambda-Runtime-Invocation-Id: nonce\r\n\
    Lambda-Runtime-Invoked-Function-Arn: arn:f\r\nContent-Type: application/json\r\n\
    Content-Length: 2\r\n\r\n{}";

#[test]
fn answers_an_event() {
    let (mut client, thread) = server(vec![EVENT, ACCEPTED]);
    let invocation = client.next(&mut || true).unwrap();
    assert_eq!(invocation.request_id, "8f5-1");
    assert_eq!(invocation.deadline_ms, 1_700_000_000_000);
    assert_eq!(invocation.function_arn.as_deref(), Some("arn:f"));
    assert_eq!((invocation.trace_id.as_ref(), invocation.body.as_slice()), (None, &b"{}"[..]));
    assert!(invocation.is_json());
    let posted = client.respond(&invocation, "application/json", b"[1]").unwrap();
    assert_eq!(posted, Posted::Accepted);
    let requests = thread.join().unwrap();
    assert!(
        requests[0].starts_with("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127")
    );
    assert!(requests[1].starts_with("POST /2018-06-01/runtime/invocation/8f5-1/response HTTP/1.1"));
    assert!(requests[1].contains("\r\nLambda-Runtime-Invocation-Id: nonce\r\n"));
    assert!(requests[1].contains("\r\nUser-Agent: sparta/1\r\n"));
    assert!(requests[1].ends_with("\r\n\r\n[1]"));
}

#[test]
fn posts_errors() {
    let (mut client, thread) = server(vec![ACCEPTED, ACCEPTED]);
    let invocation = Invocation { request_id: "id".to_owned(), ..Invocation::default() };
    client.fail(&invocation, b"{}", Some("{\"a\":\r\n1}")).unwrap();
    let fault = Fault { error_type: "KeyError".to_owned(), ..Fault::default() };
    client.fail_init(&fault, b"{}").unwrap();
    let requests = thread.join().unwrap();
    assert!(requests[0].contains("/invocation/id/error HTTP/1.1\r\n"));
    assert!(requests[0].contains("\r\nLambda-Runtime-Function-XRay-Error-Cause: {\"a\":1}\r\n"));
    assert!(requests[1].contains("/init/error HTTP/1.1\r\n"));
    assert!(requests[1].contains("\r\nLambda-Runtime-Function-Error-Type: KeyError\r\n"));
}

#[test]
fn goes_on_after_a_dropped_answer() {
    for status in ["410 Gone", "413 Payload Too Large"] {
        let response = format!("HTTP/1.1 {status}\r\nContent-Length: 3\r\n\r\nwhy");
        let (mut client, thread) = server(vec![response.leak(), ACCEPTED]);
        let invocation = Invocation::default();
        let posted = client.respond(&invocation, "application/json", b"1").unwrap();
        assert_eq!(posted, Posted::Dropped(format!("{} why", &status[..3])));
        let next = client.respond(&invocation, "application/json", b"1").unwrap();
        assert_eq!(next, Posted::Accepted);
        thread.join().unwrap();
    }
}

#[test]
fn gives_up_on_other_refusals() {
    let (mut client, thread) = server(vec!["HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n"]);
    let error = client.respond(&Invocation::default(), "text/plain", b"").unwrap_err();
    assert!(matches!(error, RuntimeApiError::Refused { status: 500, route: "response", .. }));
    thread.join().unwrap();
}

#[test]
fn refuses_an_event_without_request_id() {
    let (mut client, thread) = server(vec!["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]);
    let error = client.next(&mut || true).unwrap_err();
    assert!(error.to_string().ends_with("Lambda-Runtime-Aws-Request-Id"));
    thread.join().unwrap();
}
