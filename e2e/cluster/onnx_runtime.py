"""A model of MLServer: one piece of a model repository, computed by onnxruntime."""

import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataTensor

DATATYPES = {"tensor(float)": "FP32", "tensor(int64)": "INT64"}


class OnnxModel(MLModel):
    async def load(self) -> bool:
        self._session = onnxruntime.InferenceSession(
            self._settings.parameters.uri, providers=["CPUExecutionProvider"]
        )
        self.inputs = [self._port(port) for port in self._session.get_inputs()]
        self.outputs = [self._port(port) for port in self._session.get_outputs()]
        return True

    @staticmethod
    def _port(port) -> MetadataTensor:
        shape = [size if isinstance(size, int) else -1 for size in port.shape]
        return MetadataTensor(name=port.name, datatype=DATATYPES[port.type], shape=shape)

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        feeds = {one.name: NumpyCodec.decode_input(one) for one in payload.inputs}
        names = [port.name for port in self._session.get_outputs()]
        values = self._session.run(names, feeds)
        outputs = [NumpyCodec.encode_output(name, value) for name, value in zip(names, values)]
        return InferenceResponse(model_name=self.name, outputs=outputs)
