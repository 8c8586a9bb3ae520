import Experiments
import Foundation
import Recipes
import TestSupport
import Testing

/// What `bakeoff doctor` says, each finding by itself.
@Suite struct DiagnosisTests {
    @Test func whatIsMissingHasARemedy() throws {
        let folder = try TemporaryFolder()
        let (found, missing) = (Diagnosis.pip(isFound: true), Diagnosis.pip(isFound: false))
        #expect(found.text == "found" && found.remedy == nil)
        #expect(missing.remedy == "sudo apt-get install python3-pip")
        let cache = Diagnosis.cache(folder.file("not/there/yet"))
        #expect(cache.text == folder.file("not/there/yet").path && cache.remedy == nil)
        // Nobody can make a folder in a file.
        let inFile = Diagnosis.cache(try folder.write("", to: "file").appendingPathComponent("cache"))
        #expect(inFile.text.hasSuffix("/file/cache cannot be written"))
        #expect(inFile.remedy == "export XDG_CACHE_HOME=/a/folder/of/yours")
        #expect(Diagnosis([found, cache]).isHealthy && !Diagnosis([found, missing, cache]).isHealthy)
    }

    @Test func librariesComeFromFilesOrAreInTheProgram() {
        let maps = """
            55d0 r-xp 00000000 08:01 11  /opt/bakeoff/bakeoff
            7f00 r-xp 00000000 08:01 12  /usr/lib/x86_64-linux-gnu/libc.so.6
            7f01 r--p 00001000 08:01 12  /usr/lib/x86_64-linux-gnu/libc.so.6
            7f02 r-xp 00000000 08:01 13  /usr/lib/x86_64-linux-gnu/libopenblasp-r0.3.21.so
            7f03 r-xp 00000000 08:01 14  /usr/lib/x86_64-linux-gnu/libm.so.6
            7f04 r-xp 00000000 08:01 15  /home/a b/libcrypt.so.1
            7f05 rw-p 00000000 00:00 0   [heap]
            """
        let findings = Diagnosis.libraries(LoadedLibraries(maps: maps))
        let texts = Dictionary(findings.map { ($0.topic, [$0.text]) }, uniquingKeysWith: +)
        #expect(texts["OpenBLAS"] == ["/usr/lib/x86_64-linux-gnu/libopenblasp-r0.3.21.so"])
        #expect(texts["C library"] == ["/usr/lib/x86_64-linux-gnu/libc.so.6"])
        #expect(texts["libcurl"] == ["in the program"])
        #expect(
            texts["libraries"] == ["1 more from /home/a b", "1 more from /usr/lib/x86_64-linux-gnu"])
        let older = LoadedLibraries(maps: "7f00 r-xp 00000000 08:01 12  /lib/x86_64-linux-gnu/libc-2.31.so")
        #expect(Diagnosis.libraries(older).contains { $0.topic == "C library" && $0.text == older.paths[0] })
        #expect(Diagnosis.libraries(LoadedLibraries(maps: "")).isEmpty)
    }

    @Test func datasetsAreHereOrToBeFetched() throws {
        let folder = try TemporaryFolder()
        let findings = Diagnosis.datasets(RecipeBook(), cache: folder.url)
        func finding(_ name: String) throws -> Diagnosis.Finding {
            try #require(findings.first { $0.topic == name })
        }
        #expect(try finding("goemotions").text == "not here: `bakeoff fetch goemotions`")
        #expect(try finding("front-desk").text == "verified")
        #expect(findings.allSatisfy { $0.remedy == nil })
        try folder.write("name: [", to: "broken.yaml")
        let broken = Diagnosis.datasets(RecipeBook(folders: [folder.url]), cache: folder.url)
        #expect(broken.count == 1 && broken[0].text.contains("broken.yaml"))
    }
}
