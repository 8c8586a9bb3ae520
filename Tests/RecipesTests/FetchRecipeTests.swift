import Foundation
import Recipes
import SafeFiles
import SettingKeys
import TestSupport
import Testing

@Suite struct FetchRecipeTests {
    /// `datasets` of this package.
    static let own = checkout.appendingPathComponent("datasets")

    @Test func ourOwnRecipesAreWhole() throws {
        let recipes = try RecipeBook(folders: [Self.own]).all()
        #expect(
            recipes.map(\.name) == [
                "all-MiniLM-L6-v2", "all-mpnet-base-v2", "bert-base-uncased", "bert-mini", "bert-tiny",
                "bge-small-en-v1.5", "deberta-v3-base", "deberta-v3-small", "distilbert-base-uncased",
                "distilroberta-base", "electra-small", "emotion", "front-desk", "front-desk-emotions",
                "front-desk-spam", "goemotions", "goemotions-raw", "gte-base", "icwsm14",
                "icwsm14-editorials", "icwsm14-movies", "icwsm14-products", "icwsm14-tweets",
                "multilingual-e5-small", "potion-base-8M", "roberta-base", "semeval-2018-ec", "sms-spam",
                "tweeteval-emotion", "tweeteval-hate", "tweeteval-irony", "tweeteval-offensive",
                "wordllama-l2-supercat-256",
            ])
        for recipe in recipes {
            #expect(recipe.dataset?.key == (recipe.kind == .dataset ? "dataset" : nil))
            // Those whose SHA-256 nobody has published.
            let unpinned =
                switch recipe.name {
                case "gte-base": ["config.json", "tokenizer_config.json"]
                case "distilroberta-base": ["config.json", "tokenizer.json", "tokenizer_config.json"]
                case "deberta-v3-small": ["tokenizer_config.json", "spm.model", "pytorch_model.bin"]
                case "electra-small": ["config.json", "tokenizer_config.json", "vocab.txt"]
                case "bge-small-en-v1.5":
                    [
                        "tokenizer_config.json", "modules.json", "sentence_bert_config.json",
                        "1_Pooling/config.json",
                    ]
                case "multilingual-e5-small":
                    [
                        "config.json", "tokenizer_config.json", "modules.json", "sentence_bert_config.json",
                        "1_Pooling/config.json",
                    ]
                case "bert-tiny": ["config.json", "vocab.txt"]
                case "goemotions-raw": recipe.files.map(\.path)
                default: [String]()
                }
            #expect(recipe.unpinned.map(\.path) == unpinned)
        }
    }

    @Test func theSameFileHasTheSamePinEverywhere() throws {
        let recipes = try RecipeBook(folders: [Self.own]).all().filter { $0.name.hasPrefix("icwsm14") }
        let union = try #require(recipes.first { $0.name == "icwsm14" })
        #expect(union.files.count == 4)
        for recipe in recipes where recipe.name != "icwsm14" {
            // Each has the file of its ratings besides.
            let others = recipe.files.filter { !union.files.contains($0) }
            #expect(recipe.files.count == 2 && others.count == 1)
            #expect(others.allSatisfy { $0.path.hasSuffix("_anonDataRatings.txt") })
        }
    }

    @Test func theNearestFolderHidesTheOthers() throws {
        let fixture = try FetchFixture()
        func write(_ path: String, title: String) throws {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            let text = """
                name: \(name)
                title: \(title)
                licence: MIT
                source: Nobody
                kind: dataset
                files: [a.csv]
                dataset: {file: a.csv}
                """
            try fixture.write(Array(text.utf8), to: path)
        }
        try write("datasets/sample.yaml", title: near)
        try write("datasets/second.yaml", title: near)
        try write("chosen/sample.yaml", title: chosen)
        let below = fixture.folder.appendingPathComponent("some/where")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        let book = RecipeBook(
            environment: ["BAKEOFF_RECIPES": fixture.folder.appendingPathComponent("chosen").path],
            workingFolder: below)
        #expect(try book.recipe(named: "sample").title == chosen)
        #expect(try book.recipe(named: "second").title == near)
        #expect(try book.recipe(named: "goemotions").kind == .dataset)
    }

    private var near: String { "near" }
    private var chosen: String { "chosen" }

    /// So that a recipe with a mistake does not stop the fetching of another.
    @Test func aNameIsLookedUpWithoutReadingOtherRecipes() throws {
        let fixture = try FetchFixture()
        try fixture.write(Array("name: [".utf8), to: "datasets/broken.yaml")
        let book = RecipeBook(folders: [fixture.folder.appendingPathComponent("datasets"), Self.own])
        #expect(try book.recipe(ifNamed: "icwsm14-tweets")?.name == "icwsm14-tweets")
        #expect(try book.recipe(ifNamed: "org/tiny") == nil)
        #expect(throws: RecipeError.self) { try book.recipe(ifNamed: "broken") }
        #expect(throws: RecipeError.self) { try book.all() }
    }

    @Test func aMisspelledNameGetsASuggestion() throws {
        let book = RecipeBook(folders: [Self.own])
        let error = #expect(throws: RecipeError.self) { try book.recipe(named: "icwsm14-twets") }
        #expect(error?.description == "no recipe named 'icwsm14-twets'; did you mean 'icwsm14-tweets'?")
        let far = #expect(throws: RecipeError.self) { try book.recipe(named: "zzz") }
        #expect(
            far?.description.hasPrefix(
                "no recipe named 'zzz'; known are: all-MiniLM-L6-v2, all-mpnet-base-v2, ")
                == true)
    }

    @Test func filesBesideTheRecipe() async throws {
        let fixture = try FetchFixture()
        let text = """
            name: own
            title: Ours
            licence: MIT
            source: Us
            kind: dataset
            files: {data/a.csv: \(Fingerprint.sha256(of: Data("x".utf8)))}
            dataset: {file: data/a.csv}
            """
        let recipe = try Recipe(contentsOf: fixture.write(Array(text.utf8), to: "own.yaml"))
        #expect(recipe.presence(cache: fixture.cache) == .missing)
        let missing = await #expect(throws: FetchError.self) {
            try await Fetcher().fetch(recipe, cache: fixture.cache)
        }
        let place = fixture.folder.appendingPathComponent("data/a.csv")
        #expect(missing?.problem == .missingBesideRecipe(path: place.path))
        try fixture.write(Array("x".utf8), to: "data/a.csv")
        #expect(recipe.presence(cache: fixture.cache) == .verified)
        #expect(try await Fetcher().fetch(recipe, cache: fixture.cache).path == fixture.folder.path)
    }

    static let pin = String(repeating: "0", count: 64)
    static let good = """
        name: sample
        title: A sample
        licence: MIT
        source: Nobody
        kind: dataset
        fetch: {urls: [{url: "https://example.org/a", file: a.txt}]}
        files: {a.txt: \(pin)}
        dataset: {file: a.txt}
        """

    /// What is replaced in the good recipe by what, and what the complaint must name.
    static let mistakes: [[String]] = [
        ["licence", "license", "did you mean 'licence'?"], ["name: sample", "name: ../sample", "name"],
        ["title: A sample\n", "", "'title' is missing"],
        ["kind: dataset", "kind: datset", "did you mean 'dataset'?"],
        ["https", "http", "an https address"], ["file: a.txt}]", "fil: a.txt}]", "did you mean"],
        ["file: a.txt}]", "file: ../a.txt}]", "without '..'"], ["{a.txt: \(pin)}", "{a.txt: 00}", "SHA-256"],
        ["{a.txt: \(pin)}", "{b.txt: \(pin)}", "the files that 'fetch' brings: a.txt"],
        ["files: {a.txt: \(pin)}", "files: [a.txt]", "a mapping"],
        ["dataset: {file: a.txt}", "", "'dataset' is missing"],
        [
            "{urls: [{url: \"https://example.org/a\", file: a.txt}]}", "{package: \"p --index-url=x\"}",
            "a package name",
        ],
        ["file: a.txt}]", "file: a.txt, sha256: \(pin)}]", "under 'files'"],
        ["file: a.txt}]", "file: a.txt, unpack: [{member: a, file: a.txt}]}]", "either"],
    ]

    @Test(arguments: mistakes) func mistakesAreNamed(mistake: [String]) throws {
        let fixture = try FetchFixture()
        let file = try fixture.write(
            Array(Self.good.replacing(mistake[0], with: mistake[1]).utf8), to: "sample.yaml")
        let error = #expect(throws: SettingsError.self) { try Recipe(contentsOf: file) }
        let words = error?.description ?? ""
        #expect(words.hasPrefix("\(file.path):") && words.contains(mistake[2]), "\(words)")
    }

    @Test func errorsSayWhatToDo() throws {
        let url = try #require(URL(string: "https://example.org/a"))
        #expect(
            FetchError(recipe: "sample", problem: .httpStatus(url, status: 404)).description == """
                cannot fetch 'sample': https://example.org/a: the server answered with status 404; get the files \
                elsewhere and run 'bakeoff fetch sample --from PATH' (a folder or an archive)
                """)
        #expect(
            FetchError(recipe: "sample", problem: .truncated(url, expected: 10, found: 3)).description == """
                cannot fetch 'sample': https://example.org/a: the connection ended after 3 of 10 bytes; run \
                'bakeoff fetch sample' again: it goes on where it stopped
                """)
    }
}
