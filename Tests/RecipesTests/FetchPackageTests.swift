import Foundation
import Recipes
import SafeFiles
import SettingKeys
import Testing

/// The package index, with a shell script in the place of pip.
@Suite struct FetchPackageTests {
    static let text = Array("one\n".utf8)
    static let sdist = tarBytes([("p-1.0/a.txt", text, nil), ("p-1.0/setup.py", [1], nil)])

    let fixture: FetchFixture
    let recipe: Recipe

    init() throws {
        fixture = try FetchFixture()
        recipe = try fixture.recipe(
            fetch: """
                {package: p, version: "1.0", artifact: sdist, sha256: \(Fingerprint.sha256(of: Self.sdist)), \
                unpack: [{member: p-1.0/a.txt, file: a.txt}]}
                """, files: [("a.txt", Self.text)])
    }

    /// A stand-in for pip that runs `script` for `pip download`; `$dest` is where the artifact belongs.
    private func pip(_ script: String) throws -> Fetcher {
        let file = try fixture.write(
            Array(
                """
                #!/bin/sh
                [ "$1" = --version ] && exit 0
                echo "$@" > '\(fixture.folder.path)/arguments'
                while [ $# -gt 0 ]; do
                  case "$1" in --dest) dest=$2 ;; --requirement) requirement=$2 ;; esac
                  shift
                done
                mkdir -p "$dest"
                \(script)

                """.utf8), to: "pip")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return Fetcher(index: PackageIndex(commands: [["/no/such/pip"], [file.path]]))
    }

    private func problem(_ fetcher: Fetcher) async -> FetchProblem? {
        let error = await #expect(throws: FetchError.self) {
            try await fetcher.fetch(recipe, cache: fixture.cache)
        }
        #expect(fixture.cached == [])
        return error?.problem
    }

    @Test func unpacksWhatPipSaves() async throws {
        let sdist = try fixture.write(Self.sdist, to: "p-1.0.tar")
        let fetcher = try pip(
            """
            cp '\(sdist.path)' "$dest/" && cp "$requirement" '\(fixture.folder.path)/requirement'
            test -f "$PYTHONPATH/setuptools/build_meta.py"
            """)
        let folder = try await fetcher.fetch(recipe, cache: fixture.cache)
        #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.text))
        #expect(fixture.cached == ["datasets/sample/a.txt"])
        let requirement = try String(
            contentsOf: fixture.folder.appendingPathComponent("requirement"), encoding: .utf8)
        #expect(requirement == "p==1.0 --hash=sha256:\(Fingerprint.sha256(of: Self.sdist))\n")
        let arguments = try String(
            contentsOf: fixture.folder.appendingPathComponent("arguments"), encoding: .utf8)
        #expect(arguments.contains("--no-deps") && arguments.contains("--no-binary :all:"))
    }

    @Test func oneWheelOfSeveralIsNamedByItsTag() async throws {
        func recipe(_ artifact: String, _ tag: String) throws -> Recipe {
            try fixture.recipe(
                fetch: """
                    {package: p, version: "1.0", artifact: \(artifact), tag: \(tag), \
                    sha256: \(Fingerprint.sha256(of: Self.sdist)), unpack: [{member: p-1.0/a.txt, file: a.txt}]}
                    """, files: [("a.txt", Self.text)])
        }
        let sdist = try fixture.write(Self.sdist, to: "p-1.0.tar")
        let fetcher = try pip("cp '\(sdist.path)' \"$dest/\"")
        _ = try await fetcher.fetch(
            recipe("wheel", "cp311-cp311-manylinux2014_x86_64"), cache: fixture.cache)
        let told = try String(contentsOf: fixture.folder.appendingPathComponent("arguments"), encoding: .utf8)
        #expect(
            told.contains(
                "--only-binary :all: --implementation cp --python-version 311 --abi cp311 --platform manylinux2014_x86_64"
            ))
        for tag in [
            "cp311", "cp311-cp311-linux-x", "311-cp311-linux", "cp-cp311-linux", "cp311--linux", "c3p1-a-b",
        ] {
            #expect(throws: SettingsError.self) { try recipe("wheel", tag) }
        }
        #expect(throws: SettingsError.self) { try recipe("sdist", "cp311-cp311-linux_x86_64") }
    }

    @Test func anotherArtifactIsNotUnpacked() async throws {
        let other = Array("other".utf8)
        let file = try fixture.write(other, to: "p-1.0.tar")
        let found = await problem(try pip("cp '\(file.path)' \"$dest/\""))
        #expect(
            found
                == .wrongChecksum(
                    what: "p-1.0.tar", expected: Fingerprint.sha256(of: Self.sdist),
                    found: Fingerprint.sha256(of: other)))
    }

    @Test func tellsADeadIndexFromABadPackage() async throws {
        let dead =
            "ERROR: Could not find a version that satisfies the requirement p==1.0 (from versions: none)"
        #expect(
            await problem(try pip("echo '\(dead)' >&2; exit 1"))
                == .indexUnreachable(package: "p", reason: dead))
        let gone = "ERROR: No matching distribution found for p==1.0"
        #expect(
            await problem(try pip("echo '\(gone)' >&2; exit 1")) == .pipFailed(package: "p", reason: gone))
        #expect(
            await problem(try pip("exit 0"))
                == .pipFailed(package: "p", reason: "it saved 0 files instead of one"))
    }

    @Test func saysThatPipIsMissing() async throws {
        let fetcher = Fetcher(
            index: PackageIndex(commands: [["/no/such/python", "-m", "pip"], ["no-such-pip"]]))
        #expect(await problem(fetcher) == .noPip(package: "p"))
    }

    /// An archive cut in two, each half in a package of its own.
    private struct Halves {
        let recipe: Recipe
        let fetcher: Fetcher
        let whole: [UInt8]
    }

    /// - Parameter order: The numbers of the halves, as the recipe lists them.
    private func halves(order: [Int] = [1, 2]) throws -> Halves {
        let whole = tarBytes([("w/a.txt", Self.text, nil), ("w/b.txt", Array("two\n".utf8), nil)])
        let middle = whole.count / 2 + 7
        var packages: [Int: [UInt8]] = [:]
        for (number, half) in [(1, whole[..<middle]), (2, whole[middle...])] {
            let package = tarBytes([("h/part.00\(number)", Array(half), nil), ("h/setup.py", [1], nil)])
            packages[number] = package
            try fixture.write(package, to: "h-\(number).tar")
        }
        let parts = order.map {
            """
            {package: h-\($0), version: "1.0", artifact: sdist, \
            sha256: \(Fingerprint.sha256(of: packages[$0] ?? [])), member: h/part.00\($0)}
            """
        }
        return Halves(
            recipe: try fixture.recipe(
                fetch: """
                    {parts: [\(parts.joined(separator: ", "))], \
                    unpack: [{member: w/b.txt, file: b.txt}, {member: w/a.txt, file: a.txt}]}
                    """, files: [("a.txt", Self.text), ("b.txt", Array("two\n".utf8))]),
            fetcher: try pip(
                """
                name=$(sed 's/==.*//' "$requirement") && cp '\(fixture.folder.path)'/$name.tar "$dest/"
                """), whole: whole)
    }

    @Test func partsAreJoined() async throws {
        let halves = try halves()
        let folder = try await halves.fetcher.fetch(halves.recipe, cache: fixture.cache)
        #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.text))
        #expect(fixture.cached == ["datasets/sample/a.txt", "datasets/sample/b.txt"])
    }

    /// What is joined in another order is no archive; nothing of it is left.
    @Test func partsInAnotherOrder() async throws {
        let halves = try halves(order: [2, 1])
        await #expect(throws: FetchError.self) {
            try await halves.fetcher.fetch(halves.recipe, cache: fixture.cache)
        }
        #expect(fixture.cached == [])
    }

    @Test func theJoinedArchiveMayBeGiven() async throws {
        let halves = try halves()
        let whole = try fixture.write(halves.whole, to: "whole.tar")
        let folder = try await Fetcher().fetch(halves.recipe, from: whole, cache: fixture.cache)
        #expect(try Data(contentsOf: folder.appendingPathComponent("b.txt")) == Data("two\n".utf8))
    }

    @Test(arguments: [
        ("{parts: [], unpack: [{member: m, file: a.txt}]}", "one part at least"),
        ("{parts: [{package: p, version: '1', artifact: wheel, member: m}]}", "sha256"),
        (
            "{package: p, parts: [{package: p, version: '1', artifact: wheel, sha256: \(String(repeating: "0", count: 64)), member: m}], unpack: [{member: m, file: a.txt}]}",
            "no such key beside 'parts'"
        ),
    ])
    func partsThatAreNone(fetch: String, message: String) throws {
        let error = #expect(throws: (any Error).self) {
            try fixture.recipe(fetch: fetch, files: [("a.txt", Self.text)])
        }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func theSourceDistributionItselfMayBeGiven() async throws {
        let sdist = try fixture.write(Self.sdist, to: "p-1.0.tar")
        let folder = try await Fetcher().fetch(recipe, from: sdist, cache: fixture.cache)
        #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.text))
    }
}
