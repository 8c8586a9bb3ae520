import Foundation
import SafeFiles
import Subprocess

/// The Python package index, asked through the user's own pip, so that mirrors and proxies are as set up there.
///
/// pip checks the SHA-256 itself. A wheel is only saved. For a source distribution pip insists on asking its
/// build script for the package's metadata, that is, on running code out of what it has just downloaded (with a
/// build environment to be installed first: 16 s and more where saving the file takes 1 s). So pip is given a
/// build backend of ours in the place of setuptools, which writes the metadata down and runs nothing.
/// Tried with pip 20.3, 22.0, 23.0, 23.2, 24.0 and 25.3, with and without setuptools.
///
/// Python looks for its modules in the working folder first, where files of strangers may be: it is started isolated
/// (`-I`), and whatever is started gets an empty folder to work in and is named by its absolute path.
package struct PackageIndex: Sendable {
    /// The commands to try for pip, in order.
    let commands: [[String]]
    /// Passed to pip: seconds without an answer, and further tries.
    static let timeout = 20
    static let retries = 2
    /// Bytes of pip's complaints that are read.
    static let maxOutput = 1 << 20

    package init(commands: [[String]] = [["python3", "-I", "-m", "pip"], ["pip3"]]) {
        self.commands = commands
    }

    /// Saves the one artifact of `package` in `folder`, which must be empty and is left with pip's files in it.
    func download(_ package: FetchMethod.Package, to folder: URL) async throws(FetchProblem) -> URL {
        guard let pip = await workingCommand() else {
            throw Task.isCancelled ? .cancelled : .noPip(package: package.name)
        }
        let requirements = folder.appendingPathComponent("requirements.txt")
        let backend = folder.appendingPathComponent("backend")
        let downloads = folder.appendingPathComponent("downloads")
        do {
            try OutputFile.write(
                "\(package.name)==\(package.version) --hash=sha256:\(package.sha256)\n", to: requirements)
            try OutputFile.write("", to: backend.appendingPathComponent("setuptools/__init__.py"))
            try OutputFile.write(
                Self.backend(package), to: backend.appendingPathComponent("setuptools/build_meta.py"))
        } catch {
            throw .file(error)
        }
        var arguments = [
            "download", "--no-deps", "--requirement", requirements.path, "--dest", downloads.path, "--quiet",
            "--no-input", "--disable-pip-version-check", "--timeout", "\(Self.timeout)", "--retries",
            "\(Self.retries)",
        ]
        var environment: [Environment.Key: String?] = [:]
        switch package.artifact {
        case .wheel:
            arguments += ["--only-binary", ":all:"] + (package.tag?.arguments ?? [])
        case .sdist:
            arguments += ["--no-binary", ":all:", "--no-build-isolation", "--use-pep517"]
            environment["PYTHONPATH"] = backend.path
        }
        let outcome = await run(pip + arguments, environment: environment)
        if Task.isCancelled { throw .cancelled }
        guard let outcome, outcome.succeeded else {
            throw Self.problem(package: package.name, complaint: outcome?.complaint ?? "pip did not run")
        }
        let files = try? FileManager.default.contentsOfDirectory(
            at: downloads, includingPropertiesForKeys: nil)
        guard let files, files.count == 1 else {
            throw .pipFailed(
                package: package.name, reason: "it saved \(files?.count ?? 0) files instead of one")
        }
        return files[0]
    }

    /// A build backend (PEP 517) that knows the name and version and builds nothing.
    private static func backend(_ package: FetchMethod.Package) -> String {
        """
        import os, sys

        def prepare_metadata_for_build_wheel(folder, config_settings=None):
            name = "\(package.name.replacing("-", with: "_"))-\(package.version).dist-info"
            os.mkdir(os.path.join(folder, name))
            with open(os.path.join(folder, name, "METADATA"), "w") as out:
                out.write("Metadata-Version: 2.1\\nName: \(package.name)\\nVersion: \(package.version)\\n")
            return name

        __legacy__ = sys.modules[__name__]

        """
    }

    /// Whether a pip is here that runs.
    package func canBeAsked() async -> Bool { await workingCommand() != nil }

    private func workingCommand() async -> [String]? {
        for command in commands {
            if await run(command + ["--version"], environment: [:])?.succeeded == true { return command }
        }
        return nil
    }

    /// Runs a command; nil if it cannot be started. It is ended with the task.
    private func run(
        _ command: [String], environment: [Environment.Key: String?]
    ) async -> (succeeded: Bool, complaint: String)? {
        guard let program = command.first.flatMap({ programPath($0) }),
            let empty = try? OutputFolder(
                FileManager.default.temporaryDirectory.appendingPathComponent("bakeoff-pip"))
        else { return nil }
        defer { empty.discard() }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let result = try? await Subprocess.run(
            .path(.init(program)),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .inherit.updating(environment),
            workingDirectory: .init(empty.url.path),
            platformOptions: options,
            output: .discarded,
            error: .string(limit: Self.maxOutput))
        return result.map { ($0.terminationStatus.isSuccess, $0.standardError) }
    }

    /// pip has one exit code for everything, so its words must tell a dead network from a bad package.
    private static func problem(package: String, complaint: String) -> FetchProblem {
        let lines = complaint.split(whereSeparator: \.isNewline).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let reason =
            lines.first { $0.hasPrefix("ERROR") } ?? lines.last { !$0.isEmpty } ?? "it gave no reason"
        let signs = [
            "connection broken by", "(from versions: none)", "ConnectionError", "Max retries exceeded",
        ]
        return signs.contains { complaint.contains($0) }
            ? .indexUnreachable(package: package, reason: reason)
            : .pipFailed(package: package, reason: reason)
    }
}
