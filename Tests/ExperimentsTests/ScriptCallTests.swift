import Experiments
import Foundation
import TestSupport
import Testing

/// A script is told what it may know, and ended with all that it started.
@Suite struct ScriptCallTests {
    private func call(_ script: String, in folder: TemporaryFolder, limit: Double = 60) throws -> ScriptCall {
        try folder.write(script, to: "s.sh")
        return ScriptCall(
            ["/bin/sh", folder.file("s.sh").path],
            environment: ["PATH": "/usr/bin:/bin", "GREETING": "hello"],
            in: folder.url, limit: limit)
    }

    @Test func whatItSaysAndHowItEnds() throws {
        let folder = try TemporaryFolder()
        let script = "echo $GREETING\necho there >&2\necho again\ntouch here\nexit 3\n"
        let said = try call(script, in: folder).run { false }
        #expect(said.end == .exited(3))
        #expect(said.output == "hello\nthere\nagain\n")
        #expect(folder.exists("here"))
        #expect(try call("kill -9 $$\n", in: folder).run { false }.end == .signaled(9))
    }

    @Test func itIsEndedAtItsLimitAndOnRequest() throws {
        let folder = try TemporaryFolder()
        let script = "echo begun\n(sleep 30; touch late) &\nwait\n"
        let slow = try call(script, in: folder, limit: 0.3).run { false }
        #expect(slow.end == .tooSlow && slow.output == "begun\n")
        var asked = 0
        let stopped = try call(script, in: folder).run {
            asked += 1
            return asked > 10
        }
        #expect(stopped.end == .stopped)
        #expect(!folder.exists("late"))
    }

    @Test func aProgramThatIsNotThereIsSaid() throws {
        let folder = try TemporaryFolder()
        let call = ScriptCall(["/none/such"], environment: [:], in: folder.url, limit: 1)
        #expect(
            "\(try #require(throws: (any Error).self) { try call.run { false } })".contains("'/none/such'"))
    }
}
