//! Uploads against a scripted server on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Connection, Progress};

const HEAD: &[u8] = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
const OK: &[u8] = b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok";

/// A server whose one connection does what `script` says.
fn server<T: Send + 'static>(
    script: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (Connection, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let connection = Connection::new(&listener.local_addr().unwrap().to_string());
    let thread = std::thread::spawn(move || script(listener.accept().unwrap().0));
    (connection, thread)
}

/// Read up to and including `end`.
fn read_until(stream: &mut impl Read, end: &[u8]) -> String {
    let mut received = Vec::new();
    while !received.ends_with(end) {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{}", received.escape_ascii());
        received.extend_from_slice(&byte);
    }
    String::from_utf8(received).unwrap()
}

#[test]
fn sends_chunks_as_they_come_and_keeps_the_connection() {
    let (mut connection, thread) = server(|mut stream| {
        let first = read_until(&mut stream, b"one\r\n");
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let rest = read_until(&mut stream, b"0\r\n\r\n");
        stream.write_all(OK).unwrap();
        let again = read_until(&mut stream, b"0\r\nA: b\r\n\r\n");
        stream.write_all(OK).unwrap();
        (first, rest, again)
    });
    let (mut upload, progress) = connection.begin(HEAD, b"one").unwrap();
    assert_eq!(progress, Progress::Sent);
    assert_eq!(upload.send(b""), Progress::Sent);
    assert_eq!(upload.send(&[b'x'; 17]), Progress::Sent);
    let response = connection.finish(upload, Some(b""), &mut || true).unwrap();
    assert_eq!((response.head.status, response.body.as_slice()), (202, &b"ok"[..]));
    let (upload, _) = connection.begin(HEAD, b"").unwrap();
    connection.finish(upload, Some(b"A: b\r\n"), &mut || true).unwrap();
    let (first, rest, again) = thread.join().unwrap();
    let head = std::str::from_utf8(HEAD).unwrap();
    assert_eq!(first, format!("{head}3\r\none\r\n"));
    assert_eq!(rest, format!("11\r\n{}\r\n0\r\n\r\n", "x".repeat(17)));
    assert_eq!(again, format!("{head}0\r\nA: b\r\n\r\n"));
}

#[test]
fn sends_more_than_the_system_buffers() {
    const SIZE: usize = 20 * 1024 * 1024;
    let (mut connection, thread) = server(|mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        while line != "1400000\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
        std::thread::sleep(Duration::from_millis(300));
        let mut body = vec![0; SIZE];
        reader.read_exact(&mut body).unwrap();
        read_until(&mut reader, b"\r\n0\r\n\r\n");
        stream.write_all(OK).unwrap();
        body.iter().all(|byte| *byte == b'x')
    });
    let (upload, _) = connection.begin(HEAD, &vec![b'x'; SIZE]).unwrap();
    connection.finish(upload, Some(b""), &mut || true).unwrap();
    assert!(thread.join().unwrap());
}

#[test]
fn stops_when_the_peer_is_gone() {
    let (mut connection, thread) = server(|mut stream| {
        read_until(&mut stream, b"one\r\n");
    });
    let (mut upload, _) = connection.begin(HEAD, b"one").unwrap();
    thread.join().unwrap();
    assert_eq!(upload.send(b"two"), Progress::Stopped);
    assert!(connection.finish(upload, None, &mut || true).is_err());
}

#[test]
fn reads_an_answer_that_came_early() {
    let (mut connection, thread) = server(|mut stream| {
        read_until(&mut stream, b"one\r\n");
        stream.write_all(b"HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n").unwrap();
        stream
    });
    let (mut upload, _) = connection.begin(HEAD, b"one").unwrap();
    let _stream = thread.join().unwrap();
    while upload.send(b"two") == Progress::Sent {
        std::thread::sleep(Duration::from_millis(1));
    }
    let response = connection.finish(upload, None, &mut || true).unwrap();
    assert_eq!(response.head.status, 413);
    assert!(connection.stream.is_none(), "what was half sent cannot be gone on with");
}

#[test]
fn an_upload_that_is_given_up_breaks_the_connection() {
    let (mut connection, thread) = server(|mut stream| {
        let mut received = Vec::new();
        stream.read_to_end(&mut received).unwrap();
        received.ends_with(b"0\r\n\r\n")
    });
    let (upload, _) = connection.begin(HEAD, b"one").unwrap();
    drop(upload);
    assert!(!thread.join().unwrap());
}

#[test]
fn begins_on_a_new_connection_where_the_old_one_was_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut connection = Connection::new(&listener.local_addr().unwrap().to_string());
    let thread = std::thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            read_until(&mut stream, b"0\r\n\r\n");
            stream.write_all(OK).unwrap();
        }
    });
    for _ in 0..2 {
        let (upload, _) = connection.begin(HEAD, b"one").unwrap();
        connection.finish(upload, Some(b""), &mut || true).unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    thread.join().unwrap();
}
