extension PooledModelFile {
    /// What follows `text` for BERT's further relatives.
    static let relatives = #"""


        from transformers import AlbertConfig, AlbertModel, AlbertPreTrainedModel
        from transformers import CamembertConfig, CamembertModel, CamembertPreTrainedModel
        from transformers import Data2VecTextConfig, Data2VecTextModel, Data2VecTextPreTrainedModel
        from transformers import ElectraConfig, ElectraModel, ElectraPreTrainedModel


        class BakeoffCamembertConfig(CamembertConfig):
            model_type = "bakeoff-camembert"


        class BakeoffData2VecTextConfig(Data2VecTextConfig):
            model_type = "bakeoff-data2vec-text"


        class BakeoffElectraConfig(ElectraConfig):
            model_type = "bakeoff-electra"


        class BakeoffAlbertConfig(AlbertConfig):
            model_type = "bakeoff-albert"


        class BakeoffCamembertForSequenceClassification(BertPooled, CamembertPreTrainedModel):
            config_class = BakeoffCamembertConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, CamembertModel, add_pooling_layer=False)


        class BakeoffData2VecTextForSequenceClassification(BertPooled, Data2VecTextPreTrainedModel):
            config_class = BakeoffData2VecTextConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, Data2VecTextModel, add_pooling_layer=False)


        class BakeoffElectraForSequenceClassification(BertPooled, ElectraPreTrainedModel):
            config_class = BakeoffElectraConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, ElectraModel)


        class BakeoffAlbertForSequenceClassification(BertPooled, AlbertPreTrainedModel):
            config_class = BakeoffAlbertConfig
            head_is_second = False

            def __init__(self, config):
                super().__init__(config)
                self.build(config, AlbertModel, add_pooling_layer=False)

            def head_dropout(self, config):
                return config.classifier_dropout_prob

        """#
}
