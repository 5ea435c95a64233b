//! Archives that hold metadata, read and never unpacked: of each, one member is wanted, and what an archive states of
//! itself is not believed.

use std::io::{Read, Seek};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};
use zip::ZipArchive;

use super::metadata::MAX_METADATA;
use crate::dependents::Name;

/// More members than a distribution has.
const MAX_MEMBERS: usize = 200_000;

/// How much of a tarball is unpacked in search of its metadata, in bytes.
const MAX_UNPACKED: u64 = 512 << 20;

/// The `METADATA` of a wheel of `project`.
///
/// # Errors
/// Why there is none.
pub(super) fn of_wheel(project: &Name, from: impl Read + Seek) -> Result<Vec<u8>, String> {
    zip_member(from, |path| {
        let folder = path.strip_suffix("/METADATA")?.strip_suffix(".dist-info")?;
        // A wheel may carry other distributions' metadata deeper inside; those are not its own.
        let (name, _) = folder.split_once('-')?;
        (!folder.contains('/') && Name::new(name).as_ref() == Some(project)).then_some(())
    })
}

/// The `PKG-INFO` of a source distribution in a zip.
///
/// # Errors
/// Why there is none.
pub(super) fn of_zip(from: impl Read + Seek) -> Result<Vec<u8>, String> {
    zip_member(from, |path| is_pkg_info(path.as_bytes()).then_some(()))
}

/// The `PKG-INFO` of a source distribution in a gzipped tarball.
///
/// # Errors
/// Why there is none.
pub(super) fn of_tarball(from: impl Read) -> Result<Vec<u8>, String> {
    let broken = |error: std::io::Error| format!("the archive is broken: {error}");
    let mut archive = Archive::new(MultiGzDecoder::new(from).take(MAX_UNPACKED));
    // Raw members are as long as they say; the others would be held in memory where one says that it is a long name.
    let members = archive.entries().map_err(broken)?.raw(true);
    for member in members.take(MAX_MEMBERS) {
        let member = member.map_err(broken)?;
        if member.header().entry_type() == EntryType::Regular && is_pkg_info(&member.path_bytes()) {
            return bounded(member);
        }
    }
    Err("the archive holds no PKG-INFO".to_owned())
}

/// Whether this is the `PKG-INFO` of the distribution itself: those of `*.egg-info` lie deeper.
fn is_pkg_info(path: &[u8]) -> bool {
    let path = path.strip_prefix(b"./").unwrap_or(path);
    let mut parts = path.split(|byte| *byte == b'/');
    parts.next().is_some_and(|folder| !folder.is_empty()) && parts.next() == Some(b"PKG-INFO") && parts.next().is_none()
}

fn zip_member(from: impl Read + Seek, is_wanted: impl Fn(&str) -> Option<()>) -> Result<Vec<u8>, String> {
    let mut archive = ZipArchive::new(from).map_err(|error| format!("the archive is broken: {error}"))?;
    if archive.len() > MAX_MEMBERS {
        return Err(format!("the archive holds more than {MAX_MEMBERS} files"));
    }
    let at = archive.file_names().position(|path| path.is_ok_and(|path| is_wanted(&path).is_some()));
    let at = at.ok_or("the archive holds no metadata")?;
    bounded(archive.by_index(at).map_err(|error| format!("the archive is broken: {error}"))?)
}

fn bounded(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = from.take(MAX_METADATA + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| format!("the archive is broken: {error}"))?;
    if read as u64 > MAX_METADATA {
        return Err(format!("its metadata is longer than {} MiB", MAX_METADATA >> 20));
    }
    Ok(bytes)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    /// A zip with these members.
    pub(in super::super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in members {
            zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A gzipped tarball with these members.
    pub(in super::super) fn tarball(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        for (path, bytes) in members {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            tar.append(&header, *bytes).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    fn of(bytes: &[u8]) -> Result<Vec<u8>, String> {
        of_wheel(&Name::new("demo-pkg").unwrap(), Cursor::new(bytes))
    }

    #[test]
    fn the_distributions_own_metadata_is_found() {
        let wheel = zip(&[
            ("../../demo_pkg-1.dist-info/METADATA", b"escaped"),
            ("/demo_pkg-1.dist-info/METADATA", b"absolute"),
            ("vendored/demo_pkg-1.dist-info/METADATA", b"deeper"),
            ("other-1.dist-info/METADATA", b"another's"),
            ("Demo.Pkg-1.dist-info/METADATA", b"own"),
        ]);
        assert_eq!(of(&wheel).unwrap(), b"own");
        assert!(of(&zip(&[("demo_pkg/__init__.py", b"")])).unwrap_err().contains("no metadata"));
        let members: [(&str, &[u8]); 4] = [
            ("../PKG-INFO", b"x"),
            ("d-1/d.egg-info/PKG-INFO", b"egg"),
            ("d-1/PKG-INFO.txt", b""),
            ("d-1/PKG-INFO", b"own"),
        ];
        assert_eq!(of_zip(Cursor::new(zip(&members[1..]))).unwrap(), b"own");
        assert_eq!(of_tarball(tarball(&members[1..]).as_slice()).unwrap(), b"own");
        assert!(of_tarball(tarball(&[("setup.py", b"")]).as_slice()).is_err());
    }

    #[test]
    fn bombs_are_not_unpacked() {
        let bomb = vec![0; MAX_METADATA as usize + 1];
        let wheel = zip(&[("demo_pkg-1.dist-info/METADATA", &bomb)]);
        assert!(wheel.len() < 100_000, "{}", wheel.len());
        assert!(of(&wheel).unwrap_err().contains("longer than"));
        assert!(of_tarball(tarball(&[("d-1/PKG-INFO", &bomb)]).as_slice()).unwrap_err().contains("longer than"));
    }

    #[test]
    fn broken_archives_are_refused() {
        let wheel = zip(&[("demo_pkg-1.dist-info/METADATA", &b"Name: demo-pkg\n".repeat(400))]);
        for end in [0, 1, 30, wheel.len() / 2, wheel.len() - 1] {
            assert!(of(&wheel[..end]).is_err(), "{end}");
        }
        for at in 0..wheel.len() {
            let mut bent = wheel.clone();
            bent[at] ^= 0xff;
            // Some bytes are of no account; none may be the end of the program.
            let _ = of(&bent);
        }
        let tar = tarball(&[("d-1/x", b"1"), ("d-1/PKG-INFO", &b"Name: d\n".repeat(400))]);
        for end in [0, 1, 20, tar.len() / 2] {
            assert!(of_tarball(&tar[..end]).is_err(), "{end}");
        }
        for at in 0..tar.len() {
            let mut bent = tar.clone();
            bent[at] ^= 0xff;
            let _ = of_tarball(bent.as_slice());
        }
    }
}
