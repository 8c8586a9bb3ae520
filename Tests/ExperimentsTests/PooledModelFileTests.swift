import Encoders
import Testing
import TextClassifiers

/// The Python file beside a classifier without a pooler.
@Suite struct PooledModelFileTests {
    /// The classes that `config.json` names are in the file, with the type of the configuration that it states.
    @Test(arguments: [
        EncoderArchitecture.bert, .distilbert, .roberta, .xlmRoberta,
        .camembert, .data2vecText, .electra, .albert, .modernbert,
    ])
    func theFileHasTheClassesOfItsArchitecture(_ architecture: EncoderArchitecture) {
        #expect(PooledModelFile.knows(architecture))
        let text = PooledModelFile.text(for: architecture)
        let names = PooledModelFile.classes(architecture)
        let configuration =
            "class \(names.configuration)(\(architecture.classPrefix)Config):\n"
            + "    model_type = \"\(architecture.pooledModelType)\"\n"
        #expect(text.contains(configuration))
        #expect(text.contains("class \(names.model)("))
    }
}
