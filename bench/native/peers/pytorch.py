"""PyTorch, eager. Arguments: the number of threads, and `fused` for the optimizers that are one kernel."""

import sys

import torch
from peer import serve
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(int(sys.argv[1]))
FUSED = {"fused": True} if "fused" in sys.argv else {}


def parameter(array):
    return nn.Parameter(torch.from_numpy(array).contiguous())


class Dense(nn.Linear):
    """A linear layer with given weights; ours are stored the other way round."""

    def __init__(self, arrays, name):
        kernel, bias = arrays[f"{name}/kernel"], arrays[f"{name}/bias"]
        super().__init__(*kernel.shape, device="meta")
        self.weight, self.bias = parameter(kernel.T), parameter(bias)


class Conv(nn.Conv2d):
    def __init__(self, arrays, name):
        kernel, bias = arrays[f"{name}/kernel"], arrays[f"{name}/bias"]
        height, width, inputs, outputs = kernel.shape
        super().__init__(inputs, outputs, (height, width), padding="same", device="meta")
        self.weight, self.bias = parameter(kernel.transpose(3, 2, 0, 1)), parameter(bias)


class LastOfLstm(nn.Module):
    """The last output of an LSTM. PyTorch has two biases of one meaning: the second stays zero."""

    def __init__(self, arrays, name):
        super().__init__()
        kernel, recurrent = arrays[f"{name}/kernel"], arrays[f"{name}/recurrentKernel"]
        self.lstm = nn.LSTM(kernel.shape[0], recurrent.shape[0], batch_first=True)
        self.lstm.weight_ih_l0 = parameter(kernel.T)
        self.lstm.weight_hh_l0 = parameter(recurrent.T)
        self.lstm.bias_ih_l0 = parameter(arrays[f"{name}/bias"])
        self.lstm.bias_hh_l0 = nn.Parameter(torch.zeros(4 * recurrent.shape[0]), requires_grad=False)

    def forward(self, x):
        return self.lstm(x)[0][:, -1]


class Perceptron(nn.Module):
    def __init__(self, arrays, activation):
        super().__init__()
        self.hidden, self.out, self.activation = Dense(arrays, "hidden"), Dense(arrays, "out"), activation

    def forward(self, x):
        return self.out(self.activation(self.hidden(x)))


class Cnn(nn.Module):
    def __init__(self, arrays):
        super().__init__()
        self.conv1, self.conv2, self.out = Conv(arrays, "conv1"), Conv(arrays, "conv2"), Dense(arrays, "out")
        # flattened channels first here, and last in ours
        channels = self.conv2.out_channels
        classes, features = self.out.weight.shape
        weight = self.out.weight.detach().reshape(classes, features // channels, channels)
        self.out.weight = nn.Parameter(weight.transpose(1, 2).reshape(classes, features).contiguous())

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.out(x.flatten(1))


MODELS = {
    "mlp": lambda arrays, case: Perceptron(arrays, {"relu": F.relu, "tanh": torch.tanh}[case["activation"]]),
    "cnn": lambda arrays, case: Cnn(arrays),
    "lstm": lambda arrays, case: nn.Sequential(LastOfLstm(arrays, "lstm"), Dense(arrays, "out")),
}


def prepare(case, arrays):
    model = MODELS[case["model"]](arrays, case)
    x, y = torch.from_numpy(arrays["x"]), torch.from_numpy(arrays["y"])
    if case["model"] == "cnn":
        x = x.permute(0, 3, 1, 2).contiguous()
    if case["loss"] == "softmaxCrossEntropy":
        y, loss_of = y.argmax(1), F.cross_entropy
    else:
        loss_of = F.binary_cross_entropy_with_logits
    parameters = [p for p in model.parameters() if p.requires_grad]
    if case["optimizer"] == "adam":
        optimizer = torch.optim.Adam(parameters, lr=case["learningRate"], eps=1e-7, **FUSED)
    else:
        optimizer = torch.optim.SGD(parameters, lr=case["learningRate"], **FUSED)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


serve({"version": f"PyTorch {torch.__version__}", "threads": torch.get_num_threads()}, prepare)
