import Foundation
import Recipes
import SettingKeys
import TestSupport
import Testing

/// What the README of a dataset says in its YAML.
@Suite struct DatasetCardTests {
    private func card(_ yaml: String) throws -> DatasetCard {
        try DatasetCard(readme: "---\n\(yaml)\n---\n\n# Title\n---\nx: [\n", file: "README.md")
    }

    /// The forms in which `datasets` writes and reads features (`Features._from_yaml_list`).
    @Test func columnsHaveTheNamesOfTheirClasses() throws {
        let features = try card(
            """
            dataset_info:
              features:
              - name: text
                dtype: string
              - name: label
                dtype:
                  class_label:
                    names:
                      '10': k
                      '0': a
                      '1': b
                      '2': c
                      '3': d
                      '4': e
                      '5': f
                      '6': g
                      '7': h
                      '8': i
                      '9': j
              - name: labels
                sequence:
                  class_label:
                    names: [joy, 'no']
              - name: tags
                list:
                  dtype: {class_label: {names: [x, y]}}
              - name: plain
                sequence: string
              - name: number
                dtype: int64
              splits:
              - name: train
                num_examples: 3
            """
        ).features(of: "default")
        #expect(features.map(\.name) == ["text", "label", "labels", "tags", "plain", "number"])
        #expect(features.map(\.isText) == [true, false, false, false, false, false])
        #expect(features[1].classNames == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"])
        #expect(features[2].classNames == ["joy", "no"] && features[3].classNames == ["x", "y"])
        #expect(features[4].classNames == nil && features[5].classNames == nil)
    }

    @Test func whatIsSaidBelongsToItsConfiguration() throws {
        let card = try card(
            """
            dataset_info:
            - {config_name: a, features: [{name: x, dtype: string}], splits: [{name: train}, {name: test}]}
            - {config_name: b, features: [{name: y, dtype: string}]}
            configs:
            - {config_name: a, data_files: x.csv}
            - {config_name: b, data_dir: b}
            """)
        #expect(card.features(of: "a").map(\.name) == ["x"] && card.features(of: "b").map(\.name) == ["y"])
        #expect(card.features(of: "c").isEmpty)
        #expect(card.splits(of: "a") == ["train"] && card.splits(of: "b") == nil)
    }

    @Test(arguments: [
        "", "# Title\n", "---\n---\n", "---\nno end", "\n---\n# a comment\n---\n", "---\nlicense: mit\n---",
    ])
    func aReadmeWithoutYAMLSaysNothing(text: String) throws {
        #expect(try DatasetCard(readme: text, file: "README.md") == DatasetCard(readme: "", file: "x"))
    }

    @Test func aFileOfItsOwnTakesTheReadmesPlace() throws {
        let card = try DatasetCard(
            readme: "---\nconfigs: [{config_name: a, data_files: a.csv}]\n---\n",
            yaml: "configs: [{config_name: b, data_files: b.csv}]", file: "README.md")
        #expect(card.splits(of: "b") == ["train"] && card.splits(of: "a") == nil)
    }

    @Test(arguments: [
        ("configs: 3", "README.md:2: configs: found '3', expected a list"),
        ("license: mit\nconfigs: [{data_files: a}]", "README.md:3: key 'configs[0].config_name' is missing"),
        ("configs: [{config_name: a, data_files: [{split: x}]}]", "path"),
        (
            "configs: [{config_name: a, data_files: [{split: x, path: a}, {split: x, path: b}]}]",
            "expected each split once"
        ),
        (
            "dataset_info: {features: [{name: l, dtype: {class_label: {names: {'0': a, '2': b}}}}]}",
            "a name for each number from 0"
        ),
        ("a: [", "README.md"), ("a: 1\na: 2", "README.md:3"), ("a: &x 1\nb: *x", "anchors"),
    ])
    func whatCannotBeReadIsSaidWithItsLine(yaml: String, words: String) {
        let error = errorText { try card(yaml) }
        #expect(error.contains(words), "\(error)")
    }
}
