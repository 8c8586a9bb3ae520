import Encoders
import Foundation
import TextClassifiers

/// An encoder whose vectors of texts are features, as an entry names it.
struct FeatureEncoder: Sendable {
    let description: EncoderDescription
    /// What its path starts from.
    let folder: URL

    func place(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: description.name, relativeTo: folder, cache: resources.cache)
    }

    /// Throws unless it is one that can do what the entry wants.
    func check(_ resources: ContestantResources) throws {
        let inspection = try EncoderInspection(folder: place(resources).root)
        if let isStatic = description.isStatic { try inspection.require(isStatic: isStatic) }
        try inspection.check(pooling: description.pooling)
        try inspection.check(precision: description.precision)
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try place(resources).fingerprint(cache: resources.cache)
    }

    /// - Parameter normalize: Whatever the entry says, where it is not nil.
    func featurizer(
        _ resources: ContestantResources, normalize: Bool? = nil
    ) throws -> EncoderFeaturizer {
        let place = try place(resources)
        return try featurizer(
            place, resources.encoder(in: place.root, precision: description.precision), resources,
            normalize: normalize)
    }

    /// The same, where folder and encoder are read.
    func featurizer(
        _ place: EncoderFolder, _ text: TextEncoder, _ resources: ContestantResources, normalize: Bool? = nil
    ) throws -> EncoderFeaturizer {
        let view = text.options(
            pooling: description.pooling, normalize: normalize ?? description.normalize,
            maxLength: description.maxLength, prefix: description.prefix)
        // To look up a vector that is kept takes longer than to add up those of a table.
        let store: MeteredFeatures? =
            text.isStatic
            ? nil
            : MeteredFeatures(
                store: try FeatureStore(
                    encoder: place, view: view, precision: text.precision, cache: resources.cache,
                    memory: resources.memory),
                meter: resources.keptWork)
        return EncoderFeaturizer(
            text, view, folder: place.root,
            name: place.lastingName,
            store: store,
            notices: place.notices
                + [
                    lengthNotice(stated: description.maxLength, positions: text.encoder.maxTokens ?? .max)
                ].compactMap(\.self))
    }
}

/// A store that tells a meter of what it did not have to compute.
private struct MeteredFeatures: VectorStore {
    let store: FeatureStore
    let meter: KeptWorkMeter

    func vectors(
        of texts: [String], computing compute: ([String], _ done: Int, _ of: Int) throws -> [Float]
    ) throws -> [Float] {
        let (vectors, kept) = try store.vectors(of: texts, computing: compute)
        if let kept { meter.add(kept) }
        return vectors
    }
}
