//! The program as a server, asked over real HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use super::Desk;

/// A server that ends with the test.
pub struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// An answer: status line and headers, and the body.
pub struct Got {
    pub head: String,
    pub body: String,
}

impl Served {
    pub fn new(desk: &Desk, arguments: &str) -> Self {
        let command = format!("serve r.onrecord {arguments}");
        let mut child = desk.command(&command).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Got {
        self.talk(method, path, headers, "")
    }

    /// Sends something.
    pub fn send(&self, path: &str, headers: &str, body: &str) -> Got {
        self.talk("POST", path, &format!("{headers}Content-Length: {}\r\n", body.len()), body)
    }

    fn talk(&self, method: &str, path: &str, headers: &str, body: &str) -> Got {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host =
            if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").unwrap();
        // What is refused is not read to its end: the answer stands then, whatever becomes of the rest.
        _ = stream.write_all(body.as_bytes());
        let mut text = Vec::new();
        if let Err(err) = stream.read_to_end(&mut text) {
            assert!(!text.is_empty(), "{method} {path}: {err}");
        }
        let text = String::from_utf8_lossy(&text);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Got { head: head.to_owned(), body: body.to_owned() }
    }

    pub fn get(&self, path: &str) -> Got {
        self.ask("GET", path, "")
    }

    #[track_caller]
    pub fn is(&self, path: &str, status: u16) -> Got {
        let got = self.get(path);
        assert!(got.head.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {}", got.head);
        got
    }
}
