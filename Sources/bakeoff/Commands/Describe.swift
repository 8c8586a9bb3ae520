import ArgumentParser
import Corpora
import Files
import Foundation
import Results

struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Profile a dataset: classes, lengths, duplicates, leaks, missing rows.")

    @OptionGroup var dataset: DatasetArguments

    @Flag(help: "As JSON.")
    var json = false

    func run() throws {
        let corpus = try dataset.reference().load(cache: CacheFolder.url).corpus
        let profile = CorpusProfile(corpus)
        Terminal.write(json ? String(decoding: try StableJSON.encode(profile), as: UTF8.self) : profile.text)
    }
}
