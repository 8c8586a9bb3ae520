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
