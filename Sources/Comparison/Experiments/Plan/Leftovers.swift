import Foundation
import Results
import SafeFiles

/// What an earlier experiment left in the folders of a run: models and predictions of contestants that this one has not.
struct Leftovers {
    let paths: [String]

    init(of file: ExperimentFile, _ options: RunOptions) {
        let ids = Set(file.contestants.map(\.id))
        let models = fileNames(in: options.models).sorted().filter { name in
            if ids.contains(name) || RunLayout.ownModelNames.contains(name) { return false }
            let folder = options.models.appendingPathComponent(name)
            let folders = [folder] + fileNames(in: folder).map { folder.appendingPathComponent($0) }
            return folders.contains { ContestantRecord(readingFrom: $0)?.results.id == name }
        }
        let layouts = file.tasks.map { RunLayout(options.output).task($0.name) }
        let predictions = layouts.flatMap { layout in
            let known = Set(
                ids.flatMap { id in
                    [false, true].map { layout.predictions(of: id, validation: $0).lastPathComponent }
                })
            let folder = layout.predictions(of: "").deletingLastPathComponent()
            return fileNames(in: folder).sorted().filter { $0.hasSuffix(".csv") && !known.contains($0) }
                .map { folder.appendingPathComponent($0).relativePath }
        }
        paths = models.map { options.models.appendingPathComponent($0).relativePath } + predictions
    }
}
