import Foundation
import Results
import SafeFiles
import Testing

/// What a run says of where it ran.
@Suite struct MachineTests {
    @Test func thisMachineIsKnown() {
        let machine = Machine.current(blas: "b")
        #expect(machine.cores > 0 && machine.memoryBytes > 1 << 20 && machine.blas == "b")
        #expect(!machine.cpu.isEmpty && !machine.system.contains("\"") && machine.swift.hasPrefix("6."))
    }

    /// A page that is touched counts, until measuring starts anew.
    @Test func memoryIsMeasured() {
        PeakMemory.reset()
        let bytes = [UInt8](repeating: 1, count: 64 << 20)
        #expect(PeakMemory.bytes > bytes.count)
    }

    @Test func theBuildIsTheProgramsDigest() throws {
        let digest = try #require(ProgramBuild.digest())
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        #expect(try Fingerprint.sha256(ofFile: program).hasPrefix(digest) && digest.count == 12)
    }
}
