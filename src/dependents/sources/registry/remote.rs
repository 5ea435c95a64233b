//! A file on a server, read in pieces: the end of it first, for there a zip's directory is, and what else is asked for
//! as it is needed (RFC 9110, section 14).

use std::io::{self, Read, Seek, SeekFrom};

/// How much of the end is asked for at once, in bytes: the directory of most wheels and their metadata are in it.
const TAIL: u64 = 64 << 10;

/// How much is asked for at least where more is needed, in bytes.
const PIECE: u64 = 32 << 10;

/// How many pieces one file may cost, and how many bytes, before it is better had whole.
const MAX_PIECES: usize = 8;
const MAX_BYTES: u64 = 4 << 20;

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// So many bytes at the end.
    Last(u64),
    /// From the first to the second, both included.
    Between(u64, u64),
}

/// What the server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in the file.
    pub(super) start: u64,
    /// How long the whole file is.
    pub(super) total: u64,
    pub(super) bytes: Vec<u8>,
}

/// The file.
pub(super) struct Remote<F> {
    ask: F,
    total: u64,
    pieces: Vec<Piece>,
    position: u64,
}

impl Range {
    /// What the header of the request says.
    pub(super) fn header(self) -> String {
        match self {
            Self::Last(count) => format!("bytes=-{count}"),
            Self::Between(first, last) => format!("bytes={first}-{last}"),
        }
    }
}

impl Piece {
    /// The piece that an answer with this `Content-Range` and body is; `None` when they do not fit together.
    pub(super) fn new(content_range: &str, bytes: Vec<u8>) -> Option<Self> {
        let (range, total) = content_range.trim().strip_prefix("bytes")?.trim_start().split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (start, last, total): (u64, u64, u64) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
        let fits = start <= last && last < total && last - start + 1 == bytes.len() as u64;
        fits.then_some(Self { start, total, bytes })
    }

    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl<F: FnMut(Range) -> Result<Piece, String>> Remote<F> {
    /// The file that `ask` gives pieces of.
    ///
    /// # Errors
    /// What `ask` says.
    pub(super) fn open(mut ask: F) -> Result<Self, String> {
        let tail = ask(Range::Last(TAIL))?;
        Ok(Self { ask, total: tail.total, pieces: vec![tail], position: 0 })
    }

    /// The piece that holds the next byte; what is not there yet is asked for.
    fn piece(&mut self) -> io::Result<usize> {
        let at = self.position;
        if let Some(held) = self.pieces.iter().position(|piece| (piece.start..piece.end()).contains(&at)) {
            return Ok(held);
        }
        let next = self.pieces.iter().map(|piece| piece.start).filter(|start| *start > at).min();
        let end = next.unwrap_or(self.total).min(at + PIECE);
        let bytes: u64 = self.pieces.iter().map(|piece| piece.bytes.len() as u64).sum();
        if self.pieces.len() >= MAX_PIECES || bytes + (end - at) > MAX_BYTES {
            return Err(io::Error::other("it would take too many pieces of the file"));
        }
        let piece = (self.ask)(Range::Between(at, end - 1)).map_err(io::Error::other)?;
        if piece.start != at || piece.total != self.total || piece.bytes.len() as u64 != end - at {
            return Err(io::Error::other("the server sent another piece than was asked for"));
        }
        self.pieces.push(piece);
        Ok(self.pieces.len() - 1)
    }
}

impl<F: FnMut(Range) -> Result<Piece, String>> Read for Remote<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.total || buffer.is_empty() {
            return Ok(0);
        }
        let held = self.piece()?;
        let piece = &self.pieces[held];
        // A piece is at most some megabytes long, so that an offset in it is a `usize`.
        let rest = &piece.bytes[(self.position - piece.start) as usize..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl<F: FnMut(Range) -> Result<Piece, String>> Seek for Remote<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.total.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::super::archive::{of_wheel, tests::zip};
    use super::*;
    use crate::dependents::Name;

    /// Serves `file`, and notes what it was asked for.
    fn server<'f>(file: &'f [u8], asked: &'f RefCell<Vec<Range>>) -> impl FnMut(Range) -> Result<Piece, String> + 'f {
        move |range| {
            asked.borrow_mut().push(range);
            let total = file.len() as u64;
            let (first, last) = match range {
                Range::Last(count) => (total.saturating_sub(count), total - 1),
                Range::Between(first, last) => (first, last),
            };
            let bytes = file[first as usize..=last as usize].to_vec();
            Piece::new(&format!("bytes {first}-{last}/{total}"), bytes).ok_or("no piece".to_owned())
        }
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    #[test]
    fn a_wheel_costs_one_or_two_requests() {
        let name = Name::new("demo").unwrap();
        let (large, metadata) = (noise(900_000), b"Name: demo\nVersion: 1\n".as_slice());
        let last = zip(&[("demo/data.bin", &large), ("demo-1.dist-info/METADATA", metadata)]);
        let first = zip(&[("demo-1.dist-info/METADATA", metadata), ("demo/data.bin", &large)]);
        let small = zip(&[("demo-1.dist-info/METADATA", metadata)]);
        for (wheel, requests) in [(last, 1), (first, 2), (small, 1)] {
            let asked = RefCell::new(Vec::new());
            let remote = Remote::open(server(&wheel, &asked)).unwrap();
            assert_eq!(of_wheel(&name, remote).unwrap(), metadata);
            assert_eq!(asked.borrow().len(), requests, "{:?}", asked.borrow());
        }
    }

    #[test]
    fn scattered_archives_are_given_up() {
        let wheel = noise(4 << 20);
        let asked = RefCell::new(Vec::new());
        let mut remote = Remote::open(server(&wheel, &asked)).unwrap();
        let mut all = Vec::new();
        assert!(remote.read_to_end(&mut all).is_err());
        assert!(asked.borrow().len() <= MAX_PIECES);
    }

    #[test]
    fn answers_that_do_not_fit_are_refused() {
        assert_eq!(Piece::new("bytes 2-3/9", vec![0; 2]).unwrap().start, 2);
        for (header, length) in [
            ("", 2),
            ("bytes 2-3/*", 2),
            ("bytes */9", 0),
            ("bytes 3-2/9", 0),
            ("bytes 2-9/9", 8),
            ("bytes 2-3/9", 3),
            ("bytes 0-18446744073709551615/9", 1),
            ("lines 2-3/9", 2),
        ] {
            assert_eq!(Piece::new(header, vec![0; length]), None, "{header}");
        }
        let liar = |range| match range {
            Range::Last(_) => Ok(Piece { start: 90, total: 100, bytes: vec![0; 10] }),
            Range::Between(..) => Ok(Piece { start: 5, total: 100, bytes: vec![0; 10] }),
        };
        let mut remote = Remote::open(liar).unwrap();
        assert!(remote.read(&mut [0; 4]).is_err());
        remote.seek(SeekFrom::End(-3)).unwrap();
        assert_eq!(remote.read(&mut [0; 8]).unwrap(), 3);
        assert!(remote.seek(SeekFrom::Current(-1000)).is_err());
        assert_eq!(remote.seek(SeekFrom::Start(u64::MAX)).and_then(|_| remote.read(&mut [0; 4])).unwrap(), 0);
    }
}
