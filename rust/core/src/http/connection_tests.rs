//! The connection against a scripted server on loopback.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::{Connection, HttpError, Request, Response};

const REQUEST: Request<'_> = Request { head: b"GET / HTTP/1.1\r\n\r\n", body: b"" };

/// A server that gives `connections[i][j]` to request j on connection i, and then closes it.
fn server(connections: Vec<Vec<Vec<u8>>>) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let thread = std::thread::spawn(move || {
        let mut received = Vec::new();
        for responses in connections {
            let (mut stream, _) = listener.accept().unwrap();
            for response in responses {
                let mut buffer = [0; 1024];
                let count = stream.read(&mut buffer).unwrap();
                received.extend_from_slice(&buffer[..count]);
                stream.write_all(&response).unwrap();
            }
        }
        received
    });
    (address, thread)
}

fn exchange(connection: &mut Connection) -> Result<Response, HttpError> {
    connection.exchange(REQUEST, &mut || true)
}

fn sized(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn keeps_the_connection() {
    let (address, thread) = server(vec![vec![sized("one"), sized("two")]]);
    let mut connection = Connection::new(&address);
    assert_eq!(exchange(&mut connection).unwrap().body, b"one");
    assert_eq!(exchange(&mut connection).unwrap().body, b"two");
    drop(connection);
    assert_eq!(thread.join().unwrap(), REQUEST.head.repeat(2));
}

#[test]
fn sends_head_and_body() {
    let (address, thread) = server(vec![vec![sized("")]]);
    let request = Request { head: b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n", body: b"{}" };
    Connection::new(&address).exchange(request, &mut || true).unwrap();
    assert_eq!(thread.join().unwrap(), [request.head, request.body].concat());
}

#[test]
fn connects_again_after_the_server_closed() {
    let (address, thread) = server(vec![vec![sized("one")], vec![sized("two")]]);
    let mut connection = Connection::new(&address);
    assert_eq!(exchange(&mut connection).unwrap().body, b"one");
    assert_eq!(exchange(&mut connection).unwrap().body, b"two");
    thread.join().unwrap();
}

#[test]
fn does_not_send_twice_what_was_half_answered() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec();
    let (address, thread) = server(vec![vec![sized("one"), half]]);
    let mut connection = Connection::new(&address);
    exchange(&mut connection).unwrap();
    assert!(matches!(exchange(&mut connection), Err(HttpError::Io(_))));
    assert_eq!(thread.join().unwrap(), REQUEST.head.repeat(2));
}

#[test]
fn reads_chunked_and_interim_responses() {
    let response =
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
        3\r\nabc\r\n0\r\n\r\n";
    let (address, thread) = server(vec![vec![response.to_vec(), sized("next")]]);
    let mut connection = Connection::new(&address);
    assert_eq!(exchange(&mut connection).unwrap().body, b"abc");
    assert_eq!(exchange(&mut connection).unwrap().body, b"next");
    thread.join().unwrap();
}

#[test]
fn reads_to_the_end_without_a_length() {
    let (address, thread) = server(vec![vec![b"HTTP/1.1 200 OK\r\n\r\nall of it".to_vec()]]);
    assert_eq!(exchange(&mut Connection::new(&address)).unwrap().body, b"all of it");
    thread.join().unwrap();
}

#[test]
fn reads_a_large_body() {
    let body = "x".repeat(6 * 1024 * 1024);
    let (address, thread) = server(vec![vec![sized(&body)]]);
    assert_eq!(exchange(&mut Connection::new(&address)).unwrap().body.len(), body.len());
    thread.join().unwrap();
}

#[test]
fn asks_again_and_again_whether_to_wait() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut asked = 0;
    let result = Connection::new(&address).exchange(REQUEST, &mut || {
        asked += 1;
        asked < 3
    });
    assert!(matches!(result, Err(HttpError::Interrupted)));
    assert_eq!(asked, 3);
}

#[test]
fn waits_for_the_rest_of_a_slow_body() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 18]).unwrap();
        for part in [&b"HTTP/1.1 200 OK\r\nContent-"[..], b"Length: 6\r\n\r\nsl", b"ow", b"ly"] {
            stream.write_all(part).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(250));
        }
    });
    assert_eq!(exchange(&mut Connection::new(&address)).unwrap().body, b"slowly");
    thread.join().unwrap();
}

#[test]
fn says_when_nobody_listens() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    assert!(matches!(exchange(&mut Connection::new(&address)), Err(HttpError::Io(_))));
}
