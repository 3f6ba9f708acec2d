//! A Runtime API for soak tests: gives the same event so many times, and takes every answer.
//!
//! `runtime_api EVENTS WARM` prints its port, `warm` after the first WARM answers and `done` after
//! all of them, each time waiting for a line on its standard input before the next event.
#![expect(clippy::print_stdout, reason = "what a test reads")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

const EVENT: &str = r#"{"path": "/orders", "headers": {"accept": "*/*", "host": "localhost"}, "items": [{"id": 1, "price": 2.5, "name": "é\n"}, null, true]}"#;

fn main() -> std::io::Result<()> {
    let numbers: Vec<usize> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let &[events, warm] = numbers.as_slice() else {
        return Err(std::io::Error::other("usage: runtime_api EVENTS WARM"));
    };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    said(&listener.local_addr()?.port().to_string())?;
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    for index in 1..=events {
        request(&mut stream)?;
        let head = format!(
            "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {index:036}\r\n\
             Lambda-Runtime-Deadline-Ms: 4102444800000\r\n\
             Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:soak\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{EVENT}",
            EVENT.len()
        );
        stream.get_mut().write_all(head.as_bytes())?;
        request(&mut stream)?;
        let accepted = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
        stream.get_mut().write_all(accepted)?;
        if index == warm {
            waited("warm")?;
        }
    }
    waited("done")
}

/// Read one request and its body.
fn request(stream: &mut BufReader<TcpStream>) -> std::io::Result<()> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Err(std::io::Error::other("the runtime has closed its connection"));
        }
        if line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    std::io::copy(&mut stream.by_ref().take(length), &mut std::io::sink())?;
    Ok(())
}

fn said(text: &str) -> std::io::Result<()> {
    println!("{text}");
    std::io::stdout().flush()
}

fn waited(text: &str) -> std::io::Result<()> {
    said(text)?;
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}
