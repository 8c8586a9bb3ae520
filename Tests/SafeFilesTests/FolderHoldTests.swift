import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct FolderHoldTests {
    private static let quick = HoldTiming(beat: .milliseconds(20), patience: .milliseconds(300))
    private static let work = ".bakeoff.work"

    /// A process of another host, of which nothing is known but its file.
    private func stranger(
        in folder: TemporaryFolder, host: String = "elsewhere", process: Int32 = 4_194_304, purpose: String
    ) throws -> (holder: Holder, file: String, text: (Int) throws -> [UInt8]) {
        var mark = ProcessMark.current
        (mark.host, mark.process) = (host, process)
        let presence = Presence(
            holder: Holder(token: UUID().uuidString, process: mark), purpose: purpose)
        let file = "\(Self.work)/process.\(presence.holder.token)"
        try folder.write(presence.text(beats: 0), to: file)
        return (presence.holder, file, { try presence.text(beats: $0) })
    }

    private func heldBy(_ work: () throws -> Void) throws -> String {
        let error = #expect(throws: FileError.self, performing: work)
        guard case .held(_, let holder)? = error else { throw try #require(error) }
        return holder
    }

    @Test func oneAtATime() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("new/folder")
        var first: FolderHold? = try FolderHold(place)
        let holder = try heldBy { _ = try FolderHold(place) }
        #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
        _ = try heldBy { _ = try FolderHold(place, sharedFor: "a run") }
        _ = try FolderHold(folder.url.appendingPathComponent("another"))
        withExtendedLifetime(first) {}
        first = nil
        _ = try FolderHold(place)
        #expect(!FileManager.default.fileExists(atPath: place.path), "what was made for nothing is gone")
    }

    @Test func oneFolderForOnePurpose() throws {
        let folder = try TemporaryFolder()
        let holds = try (0..<5).map { _ in try FolderHold(folder.url, sharedFor: "a run") }
        _ = try heldBy { _ = try FolderHold(folder.url, sharedFor: "another run") }
        var wasLast = false
        for hold in holds.dropLast() { hold.leave { wasLast = true } }
        #expect(!wasLast && folder.exists(Self.work))
        holds[4].leave { wasLast = true }
        #expect(try wasLast && folder.names.isEmpty)
        _ = try FolderHold(folder.url)
    }

    /// What a process left that was killed on this host holds nothing.
    @Test func aProcessThatHasEndedIsKnown() throws {
        let folder = try TemporaryFolder()
        _ = try stranger(in: folder, host: ProcessMark.current.host, purpose: "other")
        // A number that another process has got meanwhile.
        var mark = ProcessMark.current
        mark.started += 1
        #expect(mark.hasEnded && !ProcessMark.current.hasEnded)
        _ = try FolderHold(folder.url)
        #expect(try folder.names.isEmpty)
    }

    @Test(arguments: ["process.x", "process.", "gate.7", "lock x.0"])
    func nonsenseHoldsNothing(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("nonsense", to: "\(Self.work)/\(name)")
        _ = try FolderHold(folder.url)
        #expect(try folder.names.isEmpty)
    }

    /// Of another host nothing is known but how long it is silent.
    @Test func aSilentStrangerIsTakenForDead() throws {
        let folder = try TemporaryFolder()
        _ = try stranger(in: folder, purpose: "other")
        let start = ContinuousClock.now
        var waits: [String] = []
        _ = try FolderHold(folder.url, timing: Self.quick) { waits.append("\($0.map { "\($0)" } ?? "")") }
        #expect(ContinuousClock.now - start >= .milliseconds(300))
        #expect(Set(waits) == ["process 4194304 on elsewhere"])
        #expect(try folder.names.isEmpty)
    }

    /// One process's holds of two folders: whose silence was long enough in one of them is dead in the other too.
    @Test func whoIsDeadInOneFolderIsDeadInTheOther() throws {
        let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
        let stranger = try stranger(in: one, purpose: "a run")
        let group = HoldGroup()
        let late = HoldTiming(beat: .seconds(60), patience: .seconds(600))
        do {
            let first = try FolderHold(one.url, sharedFor: "a run", in: group, timing: Self.quick)
            let second = try FolderHold(other.url, sharedFor: "a run", in: group, timing: late)
            try other.write(stranger.text(0), to: stranger.file)
            second.look()
            #expect(other.exists(stranger.file))
            for _ in 0..<40 {
                Thread.sleep(forTimeInterval: 0.02)
                first.look()
            }
            #expect(!one.exists(stranger.file))
            second.look()
            #expect(!other.exists(stranger.file))
        }
        #expect(try one.names.isEmpty && other.names.isEmpty)
    }

    /// A file from the future, of a host whose clock is wrong, tells by its content alone.
    @Test func aStrangerThatShowsLifeHoldsTheFolder() throws {
        let folder = try TemporaryFolder()
        let stranger = try stranger(in: folder, purpose: "other")
        var beats = 0
        let holder = try heldBy {
            _ = try FolderHold(folder.url, timing: Self.quick) { _ in
                beats += 1
                let file = folder.file(stranger.file)
                try folder.write(stranger.text(beats), to: stranger.file)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: beats % 2 == 0 ? 1e6 : -1e6)],
                    ofItemAtPath: file.path)
            }
        }
        #expect(holder == "process 4194304 on elsewhere" && beats > 0)
        #expect(folder.exists(stranger.file))
    }

    @Test func whatAHoldWaitsForCanBeStopped() throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let stranger = try stranger(in: folder, purpose: "other")
        #expect(throws: Stop.self) { try FolderHold(folder.url) { _ in throw Stop() } }
        // Its own file is gone, and the other's is not.
        let names = try folder.names(in: Self.work).filter { $0.hasPrefix("process.") }
        #expect(names == ["process.\(stranger.holder.token)"])
    }

    /// The hidden folder goes while a process waits to enter, and somebody makes a new one: it gives that one's gate back, and
    /// enters there.
    @Test func entersAnewWhereTheHiddenFolderWentMeanwhile() throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let stranger = try stranger(in: folder, purpose: "a run")
        let held = try JSONEncoder().encode(["holder": stranger.holder])
        try folder.write(
            String(decoding: held, as: UTF8.self).dropLast() + ",\"state\":\"held\"}",
            to: "\(Self.work)/gate.0")
        var waits = 0
        do {
            let hold = try FolderHold(folder.url, sharedFor: "a run", timing: Self.quick) { _ in
                waits += 1
                if waits > 20 { throw Stop() }
                if waits > 1 { return }
                try FileManager.default.moveItem(
                    at: folder.file(Self.work), to: folder.file("\(Self.work).x.gone"))
                try FileManager.default.createDirectory(
                    at: folder.file(Self.work), withIntermediateDirectories: false)
            }
            #expect(waits == 1 && !hold.isLost)
            #expect(try folder.names(in: Self.work).filter { $0.hasPrefix("process.") }.count == 1)
        }
        #expect(try folder.names.isEmpty)
    }

    /// Whose file was removed was taken for dead.
    @Test func aProcessLearnsThatItWasTakenForDead() throws {
        let folder = try TemporaryFolder()
        let hold = try FolderHold(folder.url, timing: Self.quick)
        #expect(!hold.isLost)
        try FileManager.default.removeItem(at: folder.file(Self.work))
        #expect(hold.isLost)
    }

    @Test func showsLife() throws {
        let folder = try TemporaryFolder()
        let hold = try FolderHold(folder.url, timing: Self.quick)
        let name = try #require(folder.names(in: Self.work).first { $0.hasPrefix("process.") })
        let signs = try (0..<40).map { _ in
            Thread.sleep(forTimeInterval: 0.01)
            return try folder.read("\(Self.work)/\(name)")
        }
        #expect(Set(signs).count > 5 && Set(signs.map { $0.split(separator: "\n")[0] }).count == 1)
        withExtendedLifetime(hold) {}
    }

    @Test func isNotFooledByALink() throws {
        let folder = try TemporaryFolder()
        try folder.write("precious", to: "elsewhere/precious")
        try FileManager.default.createDirectory(
            at: folder.file("run"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("run/\(Self.work)").path, withDestinationPath: folder.file("elsewhere").path)
        #expect(throws: FileError.self) { try FolderHold(folder.file("run")) }
        #expect(try folder.names(in: "elsewhere") == ["precious"])
    }

    /// Many come and go at once; nobody is alone who is not, and nothing stays.
    @Test func comingAndGoingAtOnce() async throws {
        let folder = try TemporaryFolder()
        let alone = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                let url = folder.url
                group.addTask {
                    for round in 0..<100 {
                        let isShared = (number + round) % 4 != 0
                        do {
                            let hold = try FolderHold(url, sharedFor: isShared ? "a run" : nil)
                            let others = alone.add(isShared ? 1 : 1000)
                            #expect(others < 1000 || others == 1000)
                            alone.add(isShared ? -1 : -1000)
                            withExtendedLifetime(hold) {}
                        } catch FileError.held {
                            continue
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.names.isEmpty)
    }
}

@Suite struct MadeFilesTests {
    @Test func onlyWhatWasMadeMayBeReplaced() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write([1], to: "README.md")
        var made = try MadeFiles(in: folder.url)
        #expect(throws: FileError.notOwn(path: folder.url.appendingPathComponent("README.md").path)) {
            try made.check(["report.html", "README.md"])
        }
        try made.check(["README.md"], isOwn: { $0 == "README.md" })
        try made.check(["report.html", "data"])
        try made.note(["report.html", "data"])
        _ = try folder.write([1], to: "report.html")
        try made.forgetMissing()

        // A later run: what it made it may replace, what came meanwhile under another of its names it may not.
        let later = try MadeFiles(in: folder.url)
        try later.check(["report.html"])
        _ = try folder.write([1], to: "data")
        #expect(throws: FileError.notOwn(path: folder.url.appendingPathComponent("data").path)) {
            try later.check(["report.html", "data"])
        }
    }

    @Test func anEmptyFolderAndADanglingLink() throws {
        let folder = try TemporaryFolder()
        let made = try MadeFiles(in: folder.url)
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
        try made.check(["empty"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("link").path, withDestinationPath: "nowhere")
        #expect(throws: FileError.self) { try made.check(["link"]) }
    }
}
