import GRDB

/// Why a store cannot be opened, read or written: one case for each thing that somebody can put
/// right.
package enum StoreError: Error, Hashable, Sendable {
  /// There is no file at this path.
  case noSuchStore(String)
  /// The file is there, and nothing was ever recorded into it.
  case blank(String)
  /// The path is that of a folder.
  case folder(String)
  /// The file is something else.
  case notAStore(String)
  /// A newer program wrote it.
  case newerVersion(String, Int)
  /// The file or its directory cannot be written.
  case notWritable(String)
  /// The directory does not exist or does not let anybody in.
  case cannotOpen(String, reason: String)
  /// The disk has no room left.
  case diskFull(String)
  /// Bytes in it are not those that were written.
  case damaged(String, reason: String)
  /// SQLite or the disk failed otherwise.
  case failed(String, reason: String)

  /// What an error of SQLite's means for the store at `path`.
  init(_ error: any Error, _ path: String) {
    guard let error = error as? DatabaseError else {
      self = error as? StoreError ?? .failed(path, reason: String(describing: error))
      return
    }
    let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notAStore(path)
    case .SQLITE_FULL: self = .diskFull(path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .notWritable(path)
    case .SQLITE_CANTOPEN: self = .cannotOpen(path, reason: reason)
    case .SQLITE_CORRUPT: self = .damaged(path, reason: reason)
    default: self = .failed(path, reason: reason)
    }
  }

  /// Whether the command or a path in it is wrong, rather than the disk.
  package var isUsage: Bool {
    switch self {
    case .noSuchStore, .blank, .folder, .notAStore, .newerVersion: true
    default: false
    }
  }

  /// Whether the file itself is spoilt, so that writing to it again cannot succeed.
  package var isDamage: Bool {
    switch self {
    case .damaged, .notAStore: true
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// One line: where, what is wrong, what to do about it.
  package var description: String {
    switch self {
    case .noSuchStore(let path):
      "\(path): no such store; make one with: busbar record can0 --store \(path)"
    case .blank(let path): "\(path): nothing was recorded into it yet"
    case .folder(let path): "\(path): a folder; name the recording's file in it"
    case .notAStore(let path):
      "\(path): not a recording of Busbar's; name another file with --store"
    case .newerVersion(let path, let version):
      "\(path): written by a newer Busbar (format \(version), this one knows "
        + "\(StoreSchema.version)); install that one to read it"
    case .notWritable(let path):
      "\(path): cannot be written; look at: ls -ld \(path) and at its directory"
    case .cannotOpen(let path, let reason):
      "\(path): cannot be opened: \(reason); look whether its directory exists and may be written"
    case .diskFull(let path):
      "\(path): the disk is full; make room, or limit the store with --max-size"
    case .damaged(let path, let reason):
      "\(path): damaged: \(reason); see what is whole with: busbar store verify --store \(path)"
    case .failed(let path, let reason):
      "\(path): \(reason); see what the kernel says with: sudo dmesg"
    }
  }
}
