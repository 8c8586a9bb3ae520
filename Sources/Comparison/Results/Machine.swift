import Foundation

/// The machine and toolchain of a run, as far as the system tells.
public struct Machine: Codable, Equatable, Sendable {
    public var cpu: String
    public var cores: Int
    public var memoryBytes: Int
    public var system: String
    public var swift: String
    public var blas: String

    private enum CodingKeys: String, CodingKey {
        case cpu, cores, system, swift, blas
        case memoryBytes = "memory_bytes"
    }

    public init(cpu: String, cores: Int, memoryBytes: Int, system: String, swift: String, blas: String) {
        self.cpu = cpu
        self.cores = cores
        self.memoryBytes = memoryBytes
        self.system = system
        self.swift = swift
        self.blas = blas
    }

    /// This machine. The BLAS is told by whoever links one, since this module does not.
    public static func current(blas: String) -> Machine {
        Machine(
            cpu: field("model name", of: "/proc/cpuinfo") ?? "unknown",
            cores: ProcessInfo.processInfo.activeProcessorCount,
            memoryBytes: Int(ProcessInfo.processInfo.physicalMemory),
            system: system(),
            swift: swiftVersion,
            blas: blas)
    }

    private static func system() -> String {
        let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
        for line in release.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
            return line.dropFirst("PRETTY_NAME=".count).trimmingCharacters(
                in: CharacterSet(charactersIn: "\""))
        }
        return ProcessInfo.processInfo.operatingSystemVersionString
    }

    /// The value of the first line `name : value` of a file such as those below `/proc`.
    private static func field(_ name: String, of path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { return parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return nil
    }

    private static var swiftVersion: String {
        #if swift(>=6.4)
            "6.4 or later"
        #elseif swift(>=6.3)
            "6.3"
        #elseif swift(>=6.2)
            "6.2"
        #else
            "6.1"
        #endif
    }
}

/// The largest resident memory of this process, measured from a moment that can be chosen.
public enum PeakMemory {
    /// Starts measuring anew, where the system can (Linux: `/proc/self/clear_refs`).
    public static func reset() {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    /// In bytes, since the last `reset()`; 0 where the system does not tell.
    public static var bytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let kibibytes = line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first
            return (kibibytes.flatMap { Int($0) } ?? 0) * 1024
        }
        return 0
    }
}
