"""Calls signatures of a SavedModel, and saves it again.

The argument is JSON, a list of: the folder "path"; the "loader", 2 (tf.saved_model.load) or 1 (sessions); "calls", each a
list of a signature's name and its inputs; and "saves", by what TensorFlow saves, where to. Writes the outputs of the calls,
and the names of the variables, as JSON.
"""

import json
import sys

import tensorflow as tf

v1 = tf.compat.v1


def listed(outputs):
    return {name: value.tolist() for name, value in outputs.items()}


def with_objects(path, calls, saves):
    model = tf.saved_model.load(path)

    def call(name, inputs):
        signature = model.signatures[name]
        types = signature.structured_input_signature[1]
        given = {key: tf.constant(value, types[key].dtype) for key, value in inputs.items()}
        return {key: value.numpy() for key, value in signature(**given).items()}

    results = [listed(call(*each)) for each in calls]
    names = [variable.name for variable in model.variables]
    if "reloaded" in saves:
        tf.saved_model.save(model, saves["reloaded"], signatures=model.signatures)
    if "module" in saves:  # a module of a user's, with variables of our names
        module = tf.Module()
        module.weights = [tf.Variable(v.read_value(), name=v.name.split(":")[0]) for v in model.variables]
        tf.saved_model.save(module, saves["module"])
    if "paths" in saves:  # variables without names, found by where they are
        paths = {v.name.split(":")[0]: tf.Variable(v.read_value()) for v in model.variables}
        tf.train.Checkpoint(**paths).write(saves["paths"])
    return {"results": results, "variables": names}


def with_sessions(path, calls, saves):
    with v1.Session(graph=tf.Graph()) as session:
        meta = v1.saved_model.loader.load(session, ["serve"], path)

        def call(name, inputs):
            signature = meta.signature_def[name]
            feeds = {signature.inputs[key].name: value for key, value in inputs.items()}
            return session.run({key: info.name for key, info in signature.outputs.items()}, feeds)

        results = [listed(call(*each)) for each in calls]
        names = [variable.name for variable in v1.global_variables()]
        if "saver" in saves:
            v1.train.Saver(v1.global_variables()).save(session, saves["saver"], write_meta_graph=False)
        return {"results": results, "variables": names}


def run(request):
    loaded = with_objects if request["loader"] == 2 else with_sessions
    return loaded(request["path"], request["calls"], request["saves"])


print(json.dumps([run(request) for request in json.loads(sys.argv[1])]))
