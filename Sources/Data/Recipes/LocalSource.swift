import Foundation
import SafeFiles

/// A folder or an archive that the user says has a recipe's files: `--from PATH`.
struct LocalSource {
    let url: URL

    /// Copies every file of the recipe into `folder`. Throws `FetchProblem` or `FileError`.
    func copy(_ recipe: Recipe, to folder: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw FileError.notFound(path: url.path)
        }
        if isFolder.boolValue {
            try copyFromFolder(recipe, to: folder)
        } else if recipe.files.count == 1, recipe.files[0].sha256 == (try Fingerprint.sha256(ofFile: url)) {
            try copyFile(url, to: folder.appendingPathComponent(recipe.files[0].path))
        } else {
            try copyFromArchive(recipe, to: folder)
        }
    }

    private func copyFromFolder(_ recipe: Recipe, to folder: URL) throws {
        for file in recipe.files {
            let places = names(of: file.path, in: recipe).map { url.appendingPathComponent($0) }
            guard let place = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
                throw FetchProblem.missingInSource(path: url.path, file: file.path)
            }
            let found = try Fingerprint.sha256(ofFile: place)
            if let expected = file.sha256, found != expected {
                throw FetchProblem.wrongChecksum(what: place.path, expected: expected, found: found)
            }
            try copyFile(place, to: folder.appendingPathComponent(file.path))
        }
    }

    /// Unpacks the very archive that would have been downloaded, or else any that holds the files by name.
    private func copyFromArchive(_ recipe: Recipe, to folder: URL) throws {
        let paths = Set(try Archive(url).members())
        let members: [FetchMethod.Member]
        if let known = archives(of: recipe).first(where: { $0.allSatisfy { paths.contains($0.path) } }) {
            members = known
        } else {
            members = try recipe.files.map { file in
                let names = names(of: file.path, in: recipe)
                guard
                    let path = paths.sorted().first(where: { path in
                        names.contains { "/\(path)".hasSuffix("/\($0)") }
                    })
                else { throw FetchProblem.missingInSource(path: url.path, file: file.path) }
                return FetchMethod.Member(path: path, content: .file(file.path))
            }
        }
        try FetchMethod.Content.archive(members).place(url, in: folder)
    }

    /// What to take out of each archive that brings all files of the recipe.
    private func archives(of recipe: Recipe) -> [[FetchMethod.Member]] {
        let contents: [FetchMethod.Content] =
            switch recipe.fetch {
            case .package(_, let members), .parts(_, let members): [.archive(members)]
            case .downloads(let downloads): downloads.map(\.content)
            case nil: []
            }
        return contents.compactMap { content in
            guard case .archive(let members) = content, content.products.count == recipe.files.count else {
                return nil
            }
            return members
        }
    }

    /// What a file of the recipe may be called: its path, its bare name, and its name where it is downloaded from.
    private func names(of path: String, in recipe: Recipe) -> [String] {
        var names = [path, URL(fileURLWithPath: path).lastPathComponent]
        if case .downloads(let downloads) = recipe.fetch {
            for download in downloads {
                if case .file(path) = download.content { names.append(download.url.lastPathComponent) }
            }
        }
        return names
    }

    private func copyFile(_ file: URL, to place: URL) throws(FileError) {
        let output = try OutputFile(place)
        try output.append(file)
        try output.commit()
    }
}

extension OutputFile {
    /// Writes all bytes of a file.
    func append(_ file: URL) throws(FileError) {
        let input = try InputFile(file)
        while true {
            let piece = try input.read(upTo: 1 << 20)
            if piece.isEmpty { return }
            try write(piece)
        }
    }
}
