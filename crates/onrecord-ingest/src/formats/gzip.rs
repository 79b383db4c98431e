//! Unpacks gzip, and stops where a small file claims to be a huge one.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

/// Text packs about five to one, markup twenty to one; only a bomb goes beyond this.
const GREATEST_RATIO: u64 = 150;

/// Below this many unpacked bytes the ratio says nothing, and nothing is in danger.
const HARMLESS_BYTES: u64 = 64 << 20;

pub(super) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 0x08])
}

/// The unpacked bytes of `packed`.
pub(super) fn unpacked(packed: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: packed, read: Arc::clone(&read) };
    Box::new(Unpacked { decoder: MultiGzDecoder::new(counted), packed: read, written: 0 })
}

struct Counted {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

struct Unpacked {
    decoder: MultiGzDecoder<Counted>,
    packed: Arc<AtomicU64>,
    written: u64,
}

impl Read for Unpacked {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.decoder.read(buf)?;
        self.written += n as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.written > HARMLESS_BYTES && self.written > packed.saturating_mul(GREATEST_RATIO) {
            let message = format!("it unpacks to more than {GREATEST_RATIO} times its size");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(n)
    }
}
