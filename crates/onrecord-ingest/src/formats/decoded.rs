//! A stream of any encoding as a stream of UTF-8, for formats that are read piece by piece.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder};

use crate::extract::decode;

const CHUNK_BYTES: usize = 64 << 10;

/// Reads bytes in the encoding that their beginning shows, gives UTF-8. Undecodable bytes become
/// U+FFFD, which the extraction reports.
pub(super) struct Decoded {
    inner: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    ready: String,
    given: usize,
    is_done: bool,
}

impl Decoded {
    pub(super) fn new(inner: Box<dyn Read + Send>) -> Self {
        Self { inner, decoder: None, ready: String::new(), given: 0, is_done: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        self.inner.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut chunk)?;
        self.is_done = chunk.len() < CHUNK_BYTES;
        let is_last = self.is_done;
        let decoder =
            self.decoder.get_or_insert_with(|| decode::encoding_of(&chunk, is_last, None).new_decoder());
        self.ready.clear();
        self.given = 0;
        let mut read = 0;
        loop {
            let needed = decoder.max_utf8_buffer_length(chunk.len() - read).unwrap_or(chunk.len() * 3);
            self.ready.reserve(needed.max(16));
            let (result, n, _) = decoder.decode_to_string(&chunk[read..], &mut self.ready, self.is_done);
            read += n;
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

impl Read for Decoded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.is_done {
            self.refill()?;
        }
        let rest = &self.ready.as_bytes()[self.given..];
        let n = rest.len().min(buf.len());
        buf[..n].copy_from_slice(&rest[..n]);
        self.given += n;
        Ok(n)
    }
}
