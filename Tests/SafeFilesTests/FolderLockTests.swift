import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct FolderLockTests {
    private static let quick = HoldTiming(beat: .milliseconds(100), patience: .milliseconds(300))
    private static let work = ".bakeoff.work"

    private func hold(_ folder: TemporaryFolder) throws -> FolderHold {
        try FolderHold(folder.url, sharedFor: "a run", timing: Self.quick)
    }

    private func word(_ attempt: FolderLock.Attempt) -> String {
        switch attempt {
        case .taken(from: nil): "taken"
        case .taken(let dead?): "taken from \(dead)"
        case .busy: "busy"
        case .done: "done"
        }
    }

    @Test func oneHasItUntilItIsFree() throws {
        let folder = try TemporaryFolder()
        let holds = try (0..<2).map { _ in try hold(folder) }
        let locks = holds.map { $0.lock("item") }
        #expect(try word(locks[0].take()) == "taken" && locks[0].isStillMine && !locks[0].wasLost)
        #expect(try word(locks[1].take()) == "busy" && !locks[1].isStillMine)
        #expect(try word(holds[1].lock("other").take()) == "taken")
        #expect(try locks[0].release() && !locks[0].isStillMine && !locks[0].wasLost)
        #expect(try word(locks[1].take()) == "taken" && locks[1].release(done: "x"))
        // What is done is done, unless something else is asked for.
        #expect(try word(locks[0].take(unlessDone: "x")) == "done")
        #expect(try word(locks[0].take(unlessDone: "y")) == "taken")
        #expect(try word(locks[1].take(unlessDone: "x")) == "busy")
        #expect(try locks[1].release() == false)
        withExtendedLifetime(holds) {}
    }

    /// On a full disk a lock cannot be given free. Who had it does not wait for itself; others wait as long as it lives. Here
    /// the name of the tenth file is one byte longer than a file system allows.
    @Test func aLockThatCouldNotBeGivenFreeIsStillItsOwners() throws {
        let folder = try TemporaryFolder()
        let holds = try (0..<2).map { _ in try hold(folder) }
        let name = String(repeating: "x", count: 255 - "lock ".utf8.count - ".9".utf8.count)
        let lock = holds[0].lock(name)
        #expect(try word(lock.take()) == "taken" && lock.release())
        // The chain begins with a lock that is free, so that the tenth file would free it too.
        let files = (0..<2).map { folder.file("\(Self.work)/lock \(name).\($0)") }
        try FileManager.default.removeItem(at: files[0])
        try FileManager.default.moveItem(at: files[1], to: files[0])
        for _ in 0..<4 { #expect(try word(lock.take()) == "taken" && lock.release()) }
        #expect(try word(lock.take()) == "taken")
        for _ in 0..<2 {
            let error = #expect(throws: FileError.self) { try lock.release() }
            guard case .unwritable? = error else { throw try #require(error) }
            #expect(try !lock.isStillMine && word(holds[1].lock(name).take()) == "busy")
            #expect(try word(lock.take()) == "taken" && lock.isStillMine)
        }
        withExtendedLifetime(holds) {}
    }

    /// A lock in a chain of others: of a process of this host that has ended, of a silent one elsewhere, of one that wrote
    /// nothing.
    @Test(arguments: ["here", "elsewhere", "unfinished"])
    func theLockOfTheDeadIsTakenOverByOne(kind: String) async throws {
        let folder = try TemporaryFolder()
        let holds = try (0..<4).map { _ in try hold(folder) }
        var mark = ProcessMark.current
        mark.process = 4_194_304
        if kind == "elsewhere" { mark.host = "elsewhere" }
        let holder = Holder(token: "dead", process: mark)
        let text = try JSONEncoder().encode(["holder": holder])
        let link = String(decoding: text, as: UTF8.self).dropLast() + ",\"state\":\"held\"}"
        try folder.write(kind == "unfinished" ? "" : String(link), to: "\(Self.work)/lock item.0")
        let took = Counter()
        let counted = try await withThrowingTaskGroup(of: String.self) { group in
            for hold in holds {
                group.addTask {
                    let lock = hold.lock("item")
                    let end = ContinuousClock.now + .seconds(300)
                    while ContinuousClock.now < end {
                        switch try lock.take(unlessDone: "x") {
                        case .taken(let dead):
                            took.add(1)
                            try await Task.sleep(for: .milliseconds(20))
                            #expect(try lock.release(done: "x"))
                            return dead.map { "\($0)" } ?? "nobody"
                        case .busy: try await Task.sleep(for: .milliseconds(1))
                        case .done: return "done"
                        }
                    }
                    return "late"
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }.sorted()
        }
        #expect(took.value == 1)
        let dead = kind == "unfinished" ? "nobody" : "process 4194304 on \(mark.host)"
        #expect(counted == (["done", "done", "done"] + [dead]).sorted())
        withExtendedLifetime(holds) {}
    }

    /// Somebody who looks for each link all the time never sees one that was begun and not finished.
    @Test func aLinkIsWholeAsSoonAsItIsThere() async throws {
        let folder = try TemporaryFolder()
        let hold = try hold(folder)
        let count = 2000
        let seen = Task.detached {
            var lengths: [Int] = []
            let end = ContinuousClock.now + .seconds(300)
            while lengths.count < count && ContinuousClock.now < end {
                let file = folder.file("\(Self.work)/lock item.\(lengths.count)")
                if let bytes = try? InputFile(file).readToEnd() { lengths.append(bytes.count) }
            }
            return lengths
        }
        let lock = hold.lock("item")
        for _ in 0..<count / 2 {
            #expect(try word(lock.take()) == "taken")
            #expect(try lock.release())
        }
        let lengths = await seen.value
        #expect(lengths.count == count && lengths.allSatisfy { $0 > 0 })
        #expect(try folder.names(in: Self.work).allSatisfy { !$0.hasPrefix("draft") })
        withExtendedLifetime(hold) {}
    }

    @Test func whoLostItKnowsAndChangesNothing() throws {
        let folder = try TemporaryFolder()
        let hold = try hold(folder)
        let lock = hold.lock("item")
        #expect(try word(lock.take()) == "taken")
        // Another takes it over.
        let link = try folder.read("\(Self.work)/lock item.0").replacing(
            "\"token\":\"", with: "\"token\":\"x")
        try folder.write(link, to: "\(Self.work)/lock item.1")
        #expect(!lock.isStillMine && lock.wasLost)
        #expect(try !lock.release(done: "x"))
        #expect(try folder.read("\(Self.work)/lock item.1") == link)
        #expect(try folder.names(in: Self.work).filter { $0.hasPrefix("lock") }.count == 2)
    }

    /// Every one of many threads adds one under the lock, without other protection.
    @Test func excludes() async throws {
        let folder = try TemporaryFolder()
        let holds = try (0..<4).map { _ in try hold(folder) }
        try folder.write("0", to: "number")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for hold in holds {
                let file = folder.file("number")
                group.addTask {
                    for _ in 0..<25 {
                        try hold.exclusively {
                            let number = try Int(String(contentsOf: file, encoding: .utf8)) ?? -1000
                            try "\(number + 1)".write(to: file, atomically: false, encoding: .utf8)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.read("number") == "100")
        withExtendedLifetime(holds) {}
    }
}
