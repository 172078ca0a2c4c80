// Made by scripts/protos.mjs of the schema that TensorFlow publishes.
export const schema = {
 "options": {
  "cc_enable_arenas": true,
  "java_outer_classname": "TensorShapeProtos",
  "java_multiple_files": true,
  "java_package": "org.tensorflow.framework",
  "go_package": "github.com/tensorflow/tensorflow/tensorflow/go/core/framework/tensor_shape_go_proto"
 },
 "nested": {
  "tensorflow": {
   "options": {
    "cc_enable_arenas": true,
    "java_outer_classname": "VariableProtos",
    "java_multiple_files": true,
    "java_package": "org.tensorflow.framework",
    "go_package": "github.com/tensorflow/tensorflow/tensorflow/go/core/protobuf/for_core_protos_go_proto"
   },
   "nested": {
    "GraphDef": {
     "fields": {
      "node": {
       "rule": "repeated",
       "type": "NodeDef",
       "id": 1
      },
      "versions": {
       "type": "VersionDef",
       "id": 4
      },
      "version": {
       "type": "int32",
       "id": 3,
       "options": {
        "deprecated": true
       }
      },
      "library": {
       "type": "FunctionDefLibrary",
       "id": 2
      }
     }
    },
    "SavedModel": {
     "fields": {
      "savedModelSchemaVersion": {
       "type": "int64",
       "id": 1,
       "protoName": "saved_model_schema_version"
      },
      "metaGraphs": {
       "rule": "repeated",
       "type": "MetaGraphDef",
       "id": 2,
       "protoName": "meta_graphs"
      }
     }
    },
    "GPUOptions": {
     "fields": {
      "perProcessGpuMemoryFraction": {
       "type": "double",
       "id": 1,
       "protoName": "per_process_gpu_memory_fraction"
      },
      "allowGrowth": {
       "type": "bool",
       "id": 4,
       "protoName": "allow_growth"
      },
      "allocatorType": {
       "type": "string",
       "id": 2,
       "protoName": "allocator_type"
      },
      "deferredDeletionBytes": {
       "type": "int64",
       "id": 3,
       "protoName": "deferred_deletion_bytes"
      },
      "visibleDeviceList": {
       "type": "string",
       "id": 5,
       "protoName": "visible_device_list"
      },
      "pollingActiveDelayUsecs": {
       "type": "int32",
       "id": 6,
       "protoName": "polling_active_delay_usecs"
      },
      "pollingInactiveDelayMsecs": {
       "type": "int32",
       "id": 7,
       "protoName": "polling_inactive_delay_msecs"
      },
      "forceGpuCompatible": {
       "type": "bool",
       "id": 8,
       "protoName": "force_gpu_compatible"
      },
      "experimental": {
       "type": "Experimental",
       "id": 9
      }
     },
     "nested": {
      "Experimental": {
       "fields": {
        "virtualDevices": {
         "rule": "repeated",
         "type": "VirtualDevices",
         "id": 1,
         "protoName": "virtual_devices"
        },
        "useUnifiedMemory": {
         "type": "bool",
         "id": 2,
         "protoName": "use_unified_memory"
        },
        "numDevToDevCopyStreams": {
         "type": "int32",
         "id": 3,
         "protoName": "num_dev_to_dev_copy_streams"
        },
        "collectiveRingOrder": {
         "type": "string",
         "id": 4,
         "protoName": "collective_ring_order"
        },
        "timestampedAllocator": {
         "type": "bool",
         "id": 5,
         "protoName": "timestamped_allocator"
        },
        "kernelTrackerMaxInterval": {
         "type": "int32",
         "id": 7,
         "protoName": "kernel_tracker_max_interval"
        },
        "kernelTrackerMaxBytes": {
         "type": "int32",
         "id": 8,
         "protoName": "kernel_tracker_max_bytes"
        },
        "kernelTrackerMaxPending": {
         "type": "int32",
         "id": 9,
         "protoName": "kernel_tracker_max_pending"
        },
        "internalFragmentationFraction": {
         "type": "double",
         "id": 10,
         "protoName": "internal_fragmentation_fraction"
        },
        "useCudaMallocAsync": {
         "type": "bool",
         "id": 11,
         "protoName": "use_cuda_malloc_async"
        },
        "disallowRetryOnAllocationFailure": {
         "type": "bool",
         "id": 12,
         "protoName": "disallow_retry_on_allocation_failure"
        },
        "gpuHostMemLimitInMb": {
         "type": "float",
         "id": 13,
         "protoName": "gpu_host_mem_limit_in_mb"
        },
        "gpuHostMemDisallowGrowth": {
         "type": "bool",
         "id": 14,
         "protoName": "gpu_host_mem_disallow_growth"
        }
       },
       "nested": {
        "VirtualDevices": {
         "fields": {
          "memoryLimitMb": {
           "rule": "repeated",
           "type": "float",
           "id": 1,
           "protoName": "memory_limit_mb"
          },
          "priority": {
           "rule": "repeated",
           "type": "int32",
           "id": 2
          },
          "deviceOrdinal": {
           "rule": "repeated",
           "type": "int32",
           "id": 3,
           "protoName": "device_ordinal"
          }
         }
        }
       }
      }
     }
    },
    "OptimizerOptions": {
     "fields": {
      "doCommonSubexpressionElimination": {
       "type": "bool",
       "id": 1,
       "protoName": "do_common_subexpression_elimination"
      },
      "doConstantFolding": {
       "type": "bool",
       "id": 2,
       "protoName": "do_constant_folding"
      },
      "maxFoldedConstantInBytes": {
       "type": "int64",
       "id": 6,
       "protoName": "max_folded_constant_in_bytes"
      },
      "doFunctionInlining": {
       "type": "bool",
       "id": 4,
       "protoName": "do_function_inlining"
      },
      "optLevel": {
       "type": "Level",
       "id": 3,
       "protoName": "opt_level"
      },
      "globalJitLevel": {
       "type": "GlobalJitLevel",
       "id": 5,
       "protoName": "global_jit_level"
      },
      "cpuGlobalJit": {
       "type": "bool",
       "id": 7,
       "protoName": "cpu_global_jit"
      }
     },
     "nested": {
      "Level": {
       "values": {
        "L1": 0,
        "L0": -1
       }
      },
      "GlobalJitLevel": {
       "values": {
        "DEFAULT": 0,
        "OFF": -1,
        "ON_1": 1,
        "ON_2": 2
       }
      }
     }
    },
    "GraphOptions": {
     "fields": {
      "enableRecvScheduling": {
       "type": "bool",
       "id": 2,
       "protoName": "enable_recv_scheduling"
      },
      "optimizerOptions": {
       "type": "OptimizerOptions",
       "id": 3,
       "protoName": "optimizer_options"
      },
      "buildCostModel": {
       "type": "int64",
       "id": 4,
       "protoName": "build_cost_model"
      },
      "buildCostModelAfter": {
       "type": "int64",
       "id": 9,
       "protoName": "build_cost_model_after"
      },
      "inferShapes": {
       "type": "bool",
       "id": 5,
       "protoName": "infer_shapes"
      },
      "placePrunedGraph": {
       "type": "bool",
       "id": 6,
       "protoName": "place_pruned_graph"
      },
      "enableBfloat16Sendrecv": {
       "type": "bool",
       "id": 7,
       "protoName": "enable_bfloat16_sendrecv"
      },
      "timelineStep": {
       "type": "int32",
       "id": 8,
       "protoName": "timeline_step"
      },
      "rewriteOptions": {
       "type": "RewriterConfig",
       "id": 10,
       "protoName": "rewrite_options"
      }
     },
     "reserved": [
      "skip_common_subexpression_elimination",
      [
       1,
       1
      ]
     ]
    },
    "ThreadPoolOptionProto": {
     "fields": {
      "numThreads": {
       "type": "int32",
       "id": 1,
       "protoName": "num_threads"
      },
      "globalName": {
       "type": "string",
       "id": 2,
       "protoName": "global_name"
      }
     }
    },
    "SessionMetadata": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "version": {
       "type": "int64",
       "id": 2
      }
     }
    },
    "ConfigProto": {
     "fields": {
      "deviceCount": {
       "keyType": "string",
       "type": "int32",
       "id": 1,
       "protoName": "device_count"
      },
      "intraOpParallelismThreads": {
       "type": "int32",
       "id": 2,
       "protoName": "intra_op_parallelism_threads"
      },
      "interOpParallelismThreads": {
       "type": "int32",
       "id": 5,
       "protoName": "inter_op_parallelism_threads"
      },
      "usePerSessionThreads": {
       "type": "bool",
       "id": 9,
       "protoName": "use_per_session_threads"
      },
      "sessionInterOpThreadPool": {
       "rule": "repeated",
       "type": "ThreadPoolOptionProto",
       "id": 12,
       "protoName": "session_inter_op_thread_pool"
      },
      "placementPeriod": {
       "type": "int32",
       "id": 3,
       "protoName": "placement_period"
      },
      "deviceFilters": {
       "rule": "repeated",
       "type": "string",
       "id": 4,
       "protoName": "device_filters"
      },
      "gpuOptions": {
       "type": "GPUOptions",
       "id": 6,
       "protoName": "gpu_options"
      },
      "allowSoftPlacement": {
       "type": "bool",
       "id": 7,
       "protoName": "allow_soft_placement"
      },
      "logDevicePlacement": {
       "type": "bool",
       "id": 8,
       "protoName": "log_device_placement"
      },
      "graphOptions": {
       "type": "GraphOptions",
       "id": 10,
       "protoName": "graph_options"
      },
      "operationTimeoutInMs": {
       "type": "int64",
       "id": 11,
       "protoName": "operation_timeout_in_ms"
      },
      "rpcOptions": {
       "type": "RPCOptions",
       "id": 13,
       "protoName": "rpc_options"
      },
      "clusterDef": {
       "type": "ClusterDef",
       "id": 14,
       "protoName": "cluster_def"
      },
      "isolateSessionState": {
       "type": "bool",
       "id": 15,
       "protoName": "isolate_session_state"
      },
      "shareClusterDevicesInSession": {
       "type": "bool",
       "id": 17,
       "protoName": "share_cluster_devices_in_session"
      },
      "experimental": {
       "type": "Experimental",
       "id": 16
      }
     },
     "nested": {
      "Experimental": {
       "fields": {
        "collectiveGroupLeader": {
         "type": "string",
         "id": 1,
         "protoName": "collective_group_leader"
        },
        "executorType": {
         "type": "string",
         "id": 3,
         "protoName": "executor_type"
        },
        "recvBufMaxChunk": {
         "type": "int32",
         "id": 4,
         "protoName": "recv_buf_max_chunk"
        },
        "useNumaAffinity": {
         "type": "bool",
         "id": 5,
         "protoName": "use_numa_affinity"
        },
        "collectiveDeterministicSequentialExecution": {
         "type": "bool",
         "id": 6,
         "protoName": "collective_deterministic_sequential_execution"
        },
        "collectiveNccl": {
         "type": "bool",
         "id": 7,
         "protoName": "collective_nccl"
        },
        "shareSessionStateInClusterspecPropagation": {
         "type": "bool",
         "id": 8,
         "protoName": "share_session_state_in_clusterspec_propagation"
        },
        "disableThreadSpinning": {
         "type": "bool",
         "id": 9,
         "protoName": "disable_thread_spinning"
        },
        "shareClusterDevicesInSession": {
         "type": "bool",
         "id": 10,
         "protoName": "share_cluster_devices_in_session"
        },
        "sessionMetadata": {
         "type": "SessionMetadata",
         "id": 11,
         "protoName": "session_metadata"
        },
        "optimizeForStaticGraph": {
         "type": "bool",
         "id": 12,
         "protoName": "optimize_for_static_graph"
        },
        "enableMlirBridge": {
         "type": "bool",
         "id": 13,
         "protoName": "enable_mlir_bridge"
        },
        "mlirBridgeRollout": {
         "type": "MlirBridgeRollout",
         "id": 17,
         "protoName": "mlir_bridge_rollout"
        },
        "enableMlirGraphOptimization": {
         "type": "bool",
         "id": 16,
         "protoName": "enable_mlir_graph_optimization"
        },
        "disableOutputPartitionGraphs": {
         "type": "bool",
         "id": 14,
         "protoName": "disable_output_partition_graphs"
        },
        "xlaFusionAutotunerThresh": {
         "type": "int64",
         "id": 15,
         "protoName": "xla_fusion_autotuner_thresh"
        },
        "useTfrt": {
         "type": "bool",
         "id": 18,
         "protoName": "use_tfrt"
        },
        "disableFunctionalOpsLowering": {
         "type": "bool",
         "id": 21,
         "protoName": "disable_functional_ops_lowering"
        },
        "xlaPreferSingleGraphCluster": {
         "type": "bool",
         "id": 22,
         "protoName": "xla_prefer_single_graph_cluster"
        },
        "coordinationConfig": {
         "type": "CoordinationServiceConfig",
         "id": 23,
         "protoName": "coordination_config"
        },
        "disableOptimizeForStaticGraph": {
         "type": "bool",
         "id": 24,
         "protoName": "disable_optimize_for_static_graph"
        }
       },
       "reserved": [
        [
         2,
         2
        ],
        [
         19,
         19
        ],
        [
         20,
         20
        ]
       ],
       "nested": {
        "MlirBridgeRollout": {
         "values": {
          "MLIR_BRIDGE_ROLLOUT_UNSPECIFIED": 0,
          "MLIR_BRIDGE_ROLLOUT_ENABLED": 1,
          "MLIR_BRIDGE_ROLLOUT_DISABLED": 2
         },
         "reserved": [
          [
           3,
           3
          ],
          [
           4,
           4
          ],
          "MLIR_BRIDGE_ROLLOUT_SAFE_MODE_ENABLED",
          "MLIR_BRIDGE_ROLLOUT_SAFE_MODE_FALLBACK_ENABLED"
         ]
        }
       }
      }
     }
    },
    "RunOptions": {
     "fields": {
      "traceLevel": {
       "type": "TraceLevel",
       "id": 1,
       "protoName": "trace_level"
      },
      "timeoutInMs": {
       "type": "int64",
       "id": 2,
       "protoName": "timeout_in_ms"
      },
      "interOpThreadPool": {
       "type": "int32",
       "id": 3,
       "protoName": "inter_op_thread_pool"
      },
      "outputPartitionGraphs": {
       "type": "bool",
       "id": 5,
       "protoName": "output_partition_graphs"
      },
      "debugOptions": {
       "type": "DebugOptions",
       "id": 6,
       "protoName": "debug_options"
      },
      "reportTensorAllocationsUponOom": {
       "type": "bool",
       "id": 7,
       "protoName": "report_tensor_allocations_upon_oom"
      },
      "experimental": {
       "type": "Experimental",
       "id": 8
      }
     },
     "reserved": [
      [
       4,
       4
      ]
     ],
     "nested": {
      "TraceLevel": {
       "values": {
        "NO_TRACE": 0,
        "SOFTWARE_TRACE": 1,
        "HARDWARE_TRACE": 2,
        "FULL_TRACE": 3
       }
      },
      "Experimental": {
       "fields": {
        "collectiveGraphKey": {
         "type": "int64",
         "id": 1,
         "protoName": "collective_graph_key"
        },
        "useRunHandlerPool": {
         "type": "bool",
         "id": 2,
         "protoName": "use_run_handler_pool"
        },
        "runHandlerPoolOptions": {
         "type": "RunHandlerPoolOptions",
         "id": 3,
         "protoName": "run_handler_pool_options"
        }
       },
       "nested": {
        "RunHandlerPoolOptions": {
         "fields": {
          "priority": {
           "type": "int64",
           "id": 1
          }
         }
        }
       }
      }
     }
    },
    "RunMetadata": {
     "fields": {
      "stepStats": {
       "type": "StepStats",
       "id": 1,
       "protoName": "step_stats"
      },
      "costGraph": {
       "type": "CostGraphDef",
       "id": 2,
       "protoName": "cost_graph"
      },
      "partitionGraphs": {
       "rule": "repeated",
       "type": "GraphDef",
       "id": 3,
       "protoName": "partition_graphs"
      },
      "functionGraphs": {
       "rule": "repeated",
       "type": "FunctionGraphs",
       "id": 4,
       "protoName": "function_graphs"
      },
      "sessionMetadata": {
       "type": "SessionMetadata",
       "id": 5,
       "protoName": "session_metadata"
      }
     },
     "nested": {
      "FunctionGraphs": {
       "fields": {
        "partitionGraphs": {
         "rule": "repeated",
         "type": "GraphDef",
         "id": 1,
         "protoName": "partition_graphs"
        },
        "preOptimizationGraph": {
         "type": "GraphDef",
         "id": 2,
         "protoName": "pre_optimization_graph"
        },
        "postOptimizationGraph": {
         "type": "GraphDef",
         "id": 3,
         "protoName": "post_optimization_graph"
        }
       }
      }
     }
    },
    "TensorConnection": {
     "fields": {
      "fromTensor": {
       "type": "string",
       "id": 1,
       "protoName": "from_tensor"
      },
      "toTensor": {
       "type": "string",
       "id": 2,
       "protoName": "to_tensor"
      }
     }
    },
    "CallableOptions": {
     "fields": {
      "feed": {
       "rule": "repeated",
       "type": "string",
       "id": 1
      },
      "fetch": {
       "rule": "repeated",
       "type": "string",
       "id": 2
      },
      "target": {
       "rule": "repeated",
       "type": "string",
       "id": 3
      },
      "runOptions": {
       "type": "RunOptions",
       "id": 4,
       "protoName": "run_options"
      },
      "tensorConnection": {
       "rule": "repeated",
       "type": "TensorConnection",
       "id": 5,
       "protoName": "tensor_connection"
      },
      "feedDevices": {
       "keyType": "string",
       "type": "string",
       "id": 6,
       "protoName": "feed_devices"
      },
      "fetchDevices": {
       "keyType": "string",
       "type": "string",
       "id": 7,
       "protoName": "fetch_devices"
      },
      "fetchSkipSync": {
       "type": "bool",
       "id": 8,
       "protoName": "fetch_skip_sync"
      }
     }
    },
    "FunctionDefLibrary": {
     "fields": {
      "function": {
       "rule": "repeated",
       "type": "FunctionDef",
       "id": 1
      },
      "gradient": {
       "rule": "repeated",
       "type": "GradientDef",
       "id": 2
      },
      "registeredGradients": {
       "rule": "repeated",
       "type": "RegisteredGradient",
       "id": 3,
       "protoName": "registered_gradients"
      }
     }
    },
    "FunctionDef": {
     "fields": {
      "signature": {
       "type": "OpDef",
       "id": 1
      },
      "attr": {
       "keyType": "string",
       "type": "AttrValue",
       "id": 5
      },
      "argAttr": {
       "keyType": "uint32",
       "type": "ArgAttrs",
       "id": 7,
       "protoName": "arg_attr"
      },
      "resourceArgUniqueId": {
       "keyType": "uint32",
       "type": "uint32",
       "id": 8,
       "protoName": "resource_arg_unique_id"
      },
      "nodeDef": {
       "rule": "repeated",
       "type": "NodeDef",
       "id": 3,
       "protoName": "node_def"
      },
      "ret": {
       "keyType": "string",
       "type": "string",
       "id": 4
      },
      "controlRet": {
       "keyType": "string",
       "type": "string",
       "id": 6,
       "protoName": "control_ret"
      }
     },
     "reserved": [
      [
       2,
       2
      ]
     ],
     "nested": {
      "ArgAttrs": {
       "fields": {
        "attr": {
         "keyType": "string",
         "type": "AttrValue",
         "id": 1
        }
       }
      }
     }
    },
    "GradientDef": {
     "fields": {
      "functionName": {
       "type": "string",
       "id": 1,
       "protoName": "function_name"
      },
      "gradientFunc": {
       "type": "string",
       "id": 2,
       "protoName": "gradient_func"
      }
     }
    },
    "RegisteredGradient": {
     "fields": {
      "gradientFunc": {
       "type": "string",
       "id": 1,
       "protoName": "gradient_func"
      },
      "registeredOpType": {
       "type": "string",
       "id": 2,
       "protoName": "registered_op_type"
      }
     }
    },
    "NodeDef": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "op": {
       "type": "string",
       "id": 2
      },
      "input": {
       "rule": "repeated",
       "type": "string",
       "id": 3
      },
      "device": {
       "type": "string",
       "id": 4
      },
      "attr": {
       "keyType": "string",
       "type": "AttrValue",
       "id": 5
      },
      "experimentalDebugInfo": {
       "type": "ExperimentalDebugInfo",
       "id": 6,
       "protoName": "experimental_debug_info"
      },
      "experimentalType": {
       "type": "FullTypeDef",
       "id": 7,
       "protoName": "experimental_type"
      }
     },
     "nested": {
      "ExperimentalDebugInfo": {
       "fields": {
        "originalNodeNames": {
         "rule": "repeated",
         "type": "string",
         "id": 1,
         "protoName": "original_node_names"
        },
        "originalFuncNames": {
         "rule": "repeated",
         "type": "string",
         "id": 2,
         "protoName": "original_func_names"
        }
       }
      }
     }
    },
    "VersionDef": {
     "fields": {
      "producer": {
       "type": "int32",
       "id": 1
      },
      "minConsumer": {
       "type": "int32",
       "id": 2,
       "protoName": "min_consumer"
      },
      "badConsumers": {
       "rule": "repeated",
       "type": "int32",
       "id": 3,
       "protoName": "bad_consumers"
      }
     }
    },
    "MetaGraphDef": {
     "fields": {
      "metaInfoDef": {
       "type": "MetaInfoDef",
       "id": 1,
       "protoName": "meta_info_def"
      },
      "graphDef": {
       "type": "GraphDef",
       "id": 2,
       "protoName": "graph_def"
      },
      "saverDef": {
       "type": "SaverDef",
       "id": 3,
       "protoName": "saver_def"
      },
      "collectionDef": {
       "keyType": "string",
       "type": "CollectionDef",
       "id": 4,
       "protoName": "collection_def"
      },
      "signatureDef": {
       "keyType": "string",
       "type": "SignatureDef",
       "id": 5,
       "protoName": "signature_def"
      },
      "assetFileDef": {
       "rule": "repeated",
       "type": "AssetFileDef",
       "id": 6,
       "protoName": "asset_file_def"
      },
      "objectGraphDef": {
       "type": "SavedObjectGraph",
       "id": 7,
       "protoName": "object_graph_def"
      }
     },
     "nested": {
      "MetaInfoDef": {
       "fields": {
        "metaGraphVersion": {
         "type": "string",
         "id": 1,
         "protoName": "meta_graph_version"
        },
        "strippedOpList": {
         "type": "OpList",
         "id": 2,
         "protoName": "stripped_op_list"
        },
        "anyInfo": {
         "type": "google.protobuf.Any",
         "id": 3,
         "protoName": "any_info"
        },
        "tags": {
         "rule": "repeated",
         "type": "string",
         "id": 4
        },
        "tensorflowVersion": {
         "type": "string",
         "id": 5,
         "protoName": "tensorflow_version"
        },
        "tensorflowGitVersion": {
         "type": "string",
         "id": 6,
         "protoName": "tensorflow_git_version"
        },
        "strippedDefaultAttrs": {
         "type": "bool",
         "id": 7,
         "protoName": "stripped_default_attrs"
        },
        "functionAliases": {
         "keyType": "string",
         "type": "string",
         "id": 8,
         "protoName": "function_aliases"
        }
       }
      }
     }
    },
    "CollectionDef": {
     "oneofs": {
      "kind": {
       "oneof": [
        "nodeList",
        "bytesList",
        "int64List",
        "floatList",
        "anyList"
       ]
      }
     },
     "fields": {
      "nodeList": {
       "type": "NodeList",
       "id": 1,
       "protoName": "node_list"
      },
      "bytesList": {
       "type": "BytesList",
       "id": 2,
       "protoName": "bytes_list"
      },
      "int64List": {
       "type": "Int64List",
       "id": 3,
       "protoName": "int64_list"
      },
      "floatList": {
       "type": "FloatList",
       "id": 4,
       "protoName": "float_list"
      },
      "anyList": {
       "type": "AnyList",
       "id": 5,
       "protoName": "any_list"
      }
     },
     "nested": {
      "NodeList": {
       "fields": {
        "value": {
         "rule": "repeated",
         "type": "string",
         "id": 1
        }
       }
      },
      "BytesList": {
       "fields": {
        "value": {
         "rule": "repeated",
         "type": "bytes",
         "id": 1
        }
       }
      },
      "Int64List": {
       "fields": {
        "value": {
         "rule": "repeated",
         "type": "int64",
         "id": 1,
         "options": {
          "packed": true
         }
        }
       }
      },
      "FloatList": {
       "fields": {
        "value": {
         "rule": "repeated",
         "type": "float",
         "id": 1,
         "options": {
          "packed": true
         }
        }
       }
      },
      "AnyList": {
       "fields": {
        "value": {
         "rule": "repeated",
         "type": "google.protobuf.Any",
         "id": 1
        }
       }
      }
     }
    },
    "TensorInfo": {
     "oneofs": {
      "encoding": {
       "oneof": [
        "name",
        "cooSparse",
        "compositeTensor"
       ]
      }
     },
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "cooSparse": {
       "type": "CooSparse",
       "id": 4,
       "protoName": "coo_sparse"
      },
      "compositeTensor": {
       "type": "CompositeTensor",
       "id": 5,
       "protoName": "composite_tensor"
      },
      "dtype": {
       "type": "DataType",
       "id": 2
      },
      "tensorShape": {
       "type": "TensorShapeProto",
       "id": 3,
       "protoName": "tensor_shape"
      }
     },
     "nested": {
      "CooSparse": {
       "fields": {
        "valuesTensorName": {
         "type": "string",
         "id": 1,
         "protoName": "values_tensor_name"
        },
        "indicesTensorName": {
         "type": "string",
         "id": 2,
         "protoName": "indices_tensor_name"
        },
        "denseShapeTensorName": {
         "type": "string",
         "id": 3,
         "protoName": "dense_shape_tensor_name"
        }
       }
      },
      "CompositeTensor": {
       "fields": {
        "typeSpec": {
         "type": "TypeSpecProto",
         "id": 1,
         "protoName": "type_spec"
        },
        "components": {
         "rule": "repeated",
         "type": "TensorInfo",
         "id": 2
        }
       }
      }
     }
    },
    "SignatureDef": {
     "fields": {
      "inputs": {
       "keyType": "string",
       "type": "TensorInfo",
       "id": 1
      },
      "outputs": {
       "keyType": "string",
       "type": "TensorInfo",
       "id": 2
      },
      "methodName": {
       "type": "string",
       "id": 3,
       "protoName": "method_name"
      }
     }
    },
    "AssetFileDef": {
     "fields": {
      "tensorInfo": {
       "type": "TensorInfo",
       "id": 1,
       "protoName": "tensor_info"
      },
      "filename": {
       "type": "string",
       "id": 2
      }
     }
    },
    "CostGraphDef": {
     "fields": {
      "node": {
       "rule": "repeated",
       "type": "Node",
       "id": 1
      },
      "cost": {
       "rule": "repeated",
       "type": "AggregatedCost",
       "id": 2
      }
     },
     "nested": {
      "Node": {
       "fields": {
        "name": {
         "type": "string",
         "id": 1
        },
        "device": {
         "type": "string",
         "id": 2
        },
        "id": {
         "type": "int32",
         "id": 3
        },
        "inputInfo": {
         "rule": "repeated",
         "type": "InputInfo",
         "id": 4,
         "protoName": "input_info"
        },
        "outputInfo": {
         "rule": "repeated",
         "type": "OutputInfo",
         "id": 5,
         "protoName": "output_info"
        },
        "temporaryMemorySize": {
         "type": "int64",
         "id": 6,
         "protoName": "temporary_memory_size"
        },
        "persistentMemorySize": {
         "type": "int64",
         "id": 12,
         "protoName": "persistent_memory_size"
        },
        "hostTempMemorySize": {
         "type": "int64",
         "id": 10,
         "protoName": "host_temp_memory_size",
         "options": {
          "deprecated": true
         }
        },
        "deviceTempMemorySize": {
         "type": "int64",
         "id": 11,
         "protoName": "device_temp_memory_size",
         "options": {
          "deprecated": true
         }
        },
        "devicePersistentMemorySize": {
         "type": "int64",
         "id": 16,
         "protoName": "device_persistent_memory_size",
         "options": {
          "deprecated": true
         }
        },
        "computeCost": {
         "type": "int64",
         "id": 9,
         "protoName": "compute_cost"
        },
        "computeTime": {
         "type": "int64",
         "id": 14,
         "protoName": "compute_time"
        },
        "memoryTime": {
         "type": "int64",
         "id": 15,
         "protoName": "memory_time"
        },
        "isFinal": {
         "type": "bool",
         "id": 7,
         "protoName": "is_final"
        },
        "controlInput": {
         "rule": "repeated",
         "type": "int32",
         "id": 8,
         "protoName": "control_input"
        },
        "inaccurate": {
         "type": "bool",
         "id": 17
        }
       },
       "nested": {
        "InputInfo": {
         "fields": {
          "precedingNode": {
           "type": "int32",
           "id": 1,
           "protoName": "preceding_node"
          },
          "precedingPort": {
           "type": "int32",
           "id": 2,
           "protoName": "preceding_port"
          }
         }
        },
        "OutputInfo": {
         "fields": {
          "size": {
           "type": "int64",
           "id": 1
          },
          "aliasInputPort": {
           "type": "int64",
           "id": 2,
           "protoName": "alias_input_port"
          },
          "shape": {
           "type": "TensorShapeProto",
           "id": 3
          },
          "dtype": {
           "type": "DataType",
           "id": 4
          }
         }
        }
       }
      },
      "AggregatedCost": {
       "fields": {
        "cost": {
         "type": "float",
         "id": 1
        },
        "dimension": {
         "type": "string",
         "id": 2
        }
       }
      }
     }
    },
    "AllocationRecord": {
     "fields": {
      "allocMicros": {
       "type": "int64",
       "id": 1,
       "protoName": "alloc_micros"
      },
      "allocBytes": {
       "type": "int64",
       "id": 2,
       "protoName": "alloc_bytes"
      }
     }
    },
    "AllocatorMemoryUsed": {
     "fields": {
      "allocatorName": {
       "type": "string",
       "id": 1,
       "protoName": "allocator_name"
      },
      "totalBytes": {
       "type": "int64",
       "id": 2,
       "protoName": "total_bytes"
      },
      "peakBytes": {
       "type": "int64",
       "id": 3,
       "protoName": "peak_bytes"
      },
      "liveBytes": {
       "type": "int64",
       "id": 4,
       "protoName": "live_bytes"
      },
      "allocationRecords": {
       "rule": "repeated",
       "type": "AllocationRecord",
       "id": 6,
       "protoName": "allocation_records"
      },
      "allocatorBytesInUse": {
       "type": "int64",
       "id": 5,
       "protoName": "allocator_bytes_in_use"
      }
     }
    },
    "NodeOutput": {
     "fields": {
      "slot": {
       "type": "int32",
       "id": 1
      },
      "tensorDescription": {
       "type": "TensorDescription",
       "id": 3,
       "protoName": "tensor_description"
      }
     }
    },
    "MemoryStats": {
     "fields": {
      "tempMemorySize": {
       "type": "int64",
       "id": 1,
       "protoName": "temp_memory_size"
      },
      "persistentMemorySize": {
       "type": "int64",
       "id": 3,
       "protoName": "persistent_memory_size"
      },
      "persistentTensorAllocIds": {
       "rule": "repeated",
       "type": "int64",
       "id": 5,
       "protoName": "persistent_tensor_alloc_ids"
      },
      "deviceTempMemorySize": {
       "type": "int64",
       "id": 2,
       "protoName": "device_temp_memory_size",
       "options": {
        "deprecated": true
       }
      },
      "devicePersistentMemorySize": {
       "type": "int64",
       "id": 4,
       "protoName": "device_persistent_memory_size",
       "options": {
        "deprecated": true
       }
      },
      "devicePersistentTensorAllocIds": {
       "rule": "repeated",
       "type": "int64",
       "id": 6,
       "protoName": "device_persistent_tensor_alloc_ids",
       "options": {
        "deprecated": true
       }
      }
     }
    },
    "NodeExecStats": {
     "fields": {
      "nodeName": {
       "type": "string",
       "id": 1,
       "protoName": "node_name"
      },
      "allStartMicros": {
       "type": "int64",
       "id": 2,
       "protoName": "all_start_micros"
      },
      "opStartRelMicros": {
       "type": "int64",
       "id": 3,
       "protoName": "op_start_rel_micros"
      },
      "opEndRelMicros": {
       "type": "int64",
       "id": 4,
       "protoName": "op_end_rel_micros"
      },
      "allEndRelMicros": {
       "type": "int64",
       "id": 5,
       "protoName": "all_end_rel_micros"
      },
      "memory": {
       "rule": "repeated",
       "type": "AllocatorMemoryUsed",
       "id": 6
      },
      "output": {
       "rule": "repeated",
       "type": "NodeOutput",
       "id": 7
      },
      "timelineLabel": {
       "type": "string",
       "id": 8,
       "protoName": "timeline_label"
      },
      "scheduledMicros": {
       "type": "int64",
       "id": 9,
       "protoName": "scheduled_micros"
      },
      "threadId": {
       "type": "uint32",
       "id": 10,
       "protoName": "thread_id"
      },
      "referencedTensor": {
       "rule": "repeated",
       "type": "AllocationDescription",
       "id": 11,
       "protoName": "referenced_tensor"
      },
      "memoryStats": {
       "type": "MemoryStats",
       "id": 12,
       "protoName": "memory_stats"
      },
      "allStartNanos": {
       "type": "int64",
       "id": 13,
       "protoName": "all_start_nanos"
      },
      "opStartRelNanos": {
       "type": "int64",
       "id": 14,
       "protoName": "op_start_rel_nanos"
      },
      "opEndRelNanos": {
       "type": "int64",
       "id": 15,
       "protoName": "op_end_rel_nanos"
      },
      "allEndRelNanos": {
       "type": "int64",
       "id": 16,
       "protoName": "all_end_rel_nanos"
      },
      "scheduledNanos": {
       "type": "int64",
       "id": 17,
       "protoName": "scheduled_nanos"
      }
     }
    },
    "DeviceStepStats": {
     "fields": {
      "device": {
       "type": "string",
       "id": 1
      },
      "nodeStats": {
       "rule": "repeated",
       "type": "NodeExecStats",
       "id": 2,
       "protoName": "node_stats"
      },
      "threadNames": {
       "keyType": "uint32",
       "type": "string",
       "id": 3,
       "protoName": "thread_names"
      }
     }
    },
    "StepStats": {
     "fields": {
      "devStats": {
       "rule": "repeated",
       "type": "DeviceStepStats",
       "id": 1,
       "protoName": "dev_stats"
      }
     }
    },
    "JobDef": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "tasks": {
       "keyType": "int32",
       "type": "string",
       "id": 2
      }
     }
    },
    "ClusterDef": {
     "fields": {
      "job": {
       "rule": "repeated",
       "type": "JobDef",
       "id": 1
      }
     }
    },
    "DebugTensorWatch": {
     "fields": {
      "nodeName": {
       "type": "string",
       "id": 1,
       "protoName": "node_name"
      },
      "outputSlot": {
       "type": "int32",
       "id": 2,
       "protoName": "output_slot"
      },
      "debugOps": {
       "rule": "repeated",
       "type": "string",
       "id": 3,
       "protoName": "debug_ops"
      },
      "debugUrls": {
       "rule": "repeated",
       "type": "string",
       "id": 4,
       "protoName": "debug_urls"
      },
      "tolerateDebugOpCreationFailures": {
       "type": "bool",
       "id": 5,
       "protoName": "tolerate_debug_op_creation_failures"
      }
     }
    },
    "DebugOptions": {
     "fields": {
      "debugTensorWatchOpts": {
       "rule": "repeated",
       "type": "DebugTensorWatch",
       "id": 4,
       "protoName": "debug_tensor_watch_opts"
      },
      "globalStep": {
       "type": "int64",
       "id": 10,
       "protoName": "global_step"
      },
      "resetDiskByteUsage": {
       "type": "bool",
       "id": 11,
       "protoName": "reset_disk_byte_usage"
      }
     }
    },
    "DebuggedSourceFile": {
     "fields": {
      "host": {
       "type": "string",
       "id": 1
      },
      "filePath": {
       "type": "string",
       "id": 2,
       "protoName": "file_path"
      },
      "lastModified": {
       "type": "int64",
       "id": 3,
       "protoName": "last_modified"
      },
      "bytes": {
       "type": "int64",
       "id": 4
      },
      "lines": {
       "rule": "repeated",
       "type": "string",
       "id": 5
      }
     }
    },
    "DebuggedSourceFiles": {
     "fields": {
      "sourceFiles": {
       "rule": "repeated",
       "type": "DebuggedSourceFile",
       "id": 1,
       "protoName": "source_files"
      }
     }
    },
    "AutoParallelOptions": {
     "fields": {
      "enable": {
       "type": "bool",
       "id": 1
      },
      "numReplicas": {
       "type": "int32",
       "id": 2,
       "protoName": "num_replicas"
      }
     }
    },
    "ScopedAllocatorOptions": {
     "fields": {
      "enableOp": {
       "rule": "repeated",
       "type": "string",
       "id": 1,
       "protoName": "enable_op"
      }
     }
    },
    "RewriterConfig": {
     "fields": {
      "cpuLayoutConversion": {
       "type": "CpuLayout",
       "id": 50,
       "protoName": "cpu_layout_conversion"
      },
      "layoutOptimizer": {
       "type": "Toggle",
       "id": 1,
       "protoName": "layout_optimizer"
      },
      "constantFolding": {
       "type": "Toggle",
       "id": 3,
       "protoName": "constant_folding"
      },
      "shapeOptimization": {
       "type": "Toggle",
       "id": 13,
       "protoName": "shape_optimization"
      },
      "remapping": {
       "type": "Toggle",
       "id": 14
      },
      "commonSubgraphElimination": {
       "type": "Toggle",
       "id": 24,
       "protoName": "common_subgraph_elimination"
      },
      "arithmeticOptimization": {
       "type": "Toggle",
       "id": 7,
       "protoName": "arithmetic_optimization"
      },
      "dependencyOptimization": {
       "type": "Toggle",
       "id": 8,
       "protoName": "dependency_optimization"
      },
      "loopOptimization": {
       "type": "Toggle",
       "id": 9,
       "protoName": "loop_optimization"
      },
      "functionOptimization": {
       "type": "Toggle",
       "id": 10,
       "protoName": "function_optimization"
      },
      "debugStripper": {
       "type": "Toggle",
       "id": 11,
       "protoName": "debug_stripper"
      },
      "disableModelPruning": {
       "type": "bool",
       "id": 2,
       "protoName": "disable_model_pruning"
      },
      "scopedAllocatorOptimization": {
       "type": "Toggle",
       "id": 15,
       "protoName": "scoped_allocator_optimization"
      },
      "pinToHostOptimization": {
       "type": "Toggle",
       "id": 18,
       "protoName": "pin_to_host_optimization"
      },
      "implementationSelector": {
       "type": "Toggle",
       "id": 22,
       "protoName": "implementation_selector"
      },
      "autoMixedPrecision": {
       "type": "Toggle",
       "id": 23,
       "protoName": "auto_mixed_precision"
      },
      "autoMixedPrecisionMkl": {
       "type": "Toggle",
       "id": 25,
       "protoName": "auto_mixed_precision_mkl"
      },
      "autoMixedPrecisionOnednnBfloat16": {
       "type": "Toggle",
       "id": 31,
       "protoName": "auto_mixed_precision_onednn_bfloat16"
      },
      "autoMixedPrecisionCpu": {
       "type": "Toggle",
       "id": 29,
       "protoName": "auto_mixed_precision_cpu"
      },
      "disableMetaOptimizer": {
       "type": "bool",
       "id": 19,
       "protoName": "disable_meta_optimizer"
      },
      "usePluginOptimizers": {
       "type": "Toggle",
       "id": 28,
       "protoName": "use_plugin_optimizers"
      },
      "experimentalConditionalCodeMotion": {
       "type": "Toggle",
       "id": 30,
       "protoName": "experimental_conditional_code_motion"
      },
      "metaOptimizerIterations": {
       "type": "NumIterationsType",
       "id": 12,
       "protoName": "meta_optimizer_iterations"
      },
      "minGraphNodes": {
       "type": "int32",
       "id": 17,
       "protoName": "min_graph_nodes"
      },
      "experimentalDisableCompressedTensorOptimization": {
       "type": "bool",
       "id": 26,
       "protoName": "experimental_disable_compressed_tensor_optimization"
      },
      "experimentalDisableFoldingQuantizationEmulation": {
       "type": "bool",
       "id": 27,
       "protoName": "experimental_disable_folding_quantization_emulation"
      },
      "memoryOptimization": {
       "type": "MemOptType",
       "id": 4,
       "protoName": "memory_optimization"
      },
      "memoryOptimizerTargetNodeNameScope": {
       "type": "string",
       "id": 6,
       "protoName": "memory_optimizer_target_node_name_scope"
      },
      "metaOptimizerTimeoutMs": {
       "type": "int64",
       "id": 20,
       "protoName": "meta_optimizer_timeout_ms"
      },
      "autoParallel": {
       "type": "AutoParallelOptions",
       "id": 5,
       "protoName": "auto_parallel"
      },
      "failOnOptimizerErrors": {
       "type": "bool",
       "id": 21,
       "protoName": "fail_on_optimizer_errors"
      },
      "scopedAllocatorOpts": {
       "type": "ScopedAllocatorOptions",
       "id": 16,
       "protoName": "scoped_allocator_opts"
      },
      "optimizers": {
       "rule": "repeated",
       "type": "string",
       "id": 100
      },
      "customOptimizers": {
       "rule": "repeated",
       "type": "CustomGraphOptimizer",
       "id": 200,
       "protoName": "custom_optimizers"
      },
      "interOptimizerVerifierConfig": {
       "type": "VerifierConfig",
       "id": 300,
       "protoName": "inter_optimizer_verifier_config"
      },
      "postOptimizationVerifierConfig": {
       "type": "VerifierConfig",
       "id": 301,
       "protoName": "post_optimization_verifier_config"
      }
     },
     "nested": {
      "Toggle": {
       "values": {
        "DEFAULT": 0,
        "ON": 1,
        "OFF": 2,
        "AGGRESSIVE": 3,
        "EXPERIMENTAL_MLIR": 4,
        "EXPERIMENTAL_BOTH": 5
       }
      },
      "CpuLayout": {
       "values": {
        "NO_CONVERSION_ON_CPU": 0,
        "NCHW_TO_NHWC": 1,
        "NHWC_TO_NCHW": 2
       }
      },
      "NumIterationsType": {
       "values": {
        "DEFAULT_NUM_ITERS": 0,
        "ONE": 1,
        "TWO": 2
       }
      },
      "MemOptType": {
       "values": {
        "DEFAULT_MEM_OPT": 0,
        "NO_MEM_OPT": 1,
        "MANUAL": 2,
        "SWAPPING_HEURISTICS": 4,
        "RECOMPUTATION_HEURISTICS": 5,
        "SCHEDULING_HEURISTICS": 6,
        "HEURISTICS": 3
       }
      },
      "CustomGraphOptimizer": {
       "fields": {
        "name": {
         "type": "string",
         "id": 1
        },
        "parameterMap": {
         "keyType": "string",
         "type": "AttrValue",
         "id": 2,
         "protoName": "parameter_map"
        }
       }
      }
     }
    },
    "dummy": {
     "options": {
      "go_package": "github.com/tensorflow/tensorflow/tensorflow/go/core/protobuf/for_core_protos_go_proto"
     }
    },
    "CoordinatedJob": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "numTasks": {
       "type": "int32",
       "id": 2,
       "protoName": "num_tasks"
      }
     }
    },
    "CoordinationServiceConfig": {
     "fields": {
      "serviceType": {
       "type": "string",
       "id": 1,
       "protoName": "service_type"
      },
      "serviceLeader": {
       "type": "string",
       "id": 2,
       "protoName": "service_leader"
      },
      "enableHealthCheck": {
       "type": "bool",
       "id": 3,
       "protoName": "enable_health_check"
      },
      "clusterRegisterTimeoutInMs": {
       "type": "int64",
       "id": 4,
       "protoName": "cluster_register_timeout_in_ms"
      },
      "heartbeatTimeoutInMs": {
       "type": "int64",
       "id": 5,
       "protoName": "heartbeat_timeout_in_ms"
      },
      "coordinatedJobList": {
       "rule": "repeated",
       "type": "CoordinatedJob",
       "id": 10,
       "protoName": "coordinated_job_list"
      },
      "shutdownBarrierTimeoutInMs": {
       "type": "int64",
       "id": 7,
       "protoName": "shutdown_barrier_timeout_in_ms"
      },
      "agentDestructionWithoutShutdown": {
       "type": "bool",
       "id": 8,
       "protoName": "agent_destruction_without_shutdown"
      },
      "recoverableJobs": {
       "rule": "repeated",
       "type": "string",
       "id": 9,
       "protoName": "recoverable_jobs"
      }
     },
     "reserved": [
      [
       6,
       6
      ]
     ]
    },
    "AttrValue": {
     "oneofs": {
      "value": {
       "oneof": [
        "s",
        "i",
        "f",
        "b",
        "type",
        "shape",
        "tensor",
        "list",
        "func",
        "placeholder"
       ]
      }
     },
     "fields": {
      "s": {
       "type": "bytes",
       "id": 2
      },
      "i": {
       "type": "int64",
       "id": 3
      },
      "f": {
       "type": "float",
       "id": 4
      },
      "b": {
       "type": "bool",
       "id": 5
      },
      "type": {
       "type": "DataType",
       "id": 6
      },
      "shape": {
       "type": "TensorShapeProto",
       "id": 7
      },
      "tensor": {
       "type": "TensorProto",
       "id": 8
      },
      "list": {
       "type": "ListValue",
       "id": 1
      },
      "func": {
       "type": "NameAttrList",
       "id": 10
      },
      "placeholder": {
       "type": "string",
       "id": 9
      }
     },
     "nested": {
      "ListValue": {
       "fields": {
        "s": {
         "rule": "repeated",
         "type": "bytes",
         "id": 2
        },
        "i": {
         "rule": "repeated",
         "type": "int64",
         "id": 3,
         "options": {
          "packed": true
         }
        },
        "f": {
         "rule": "repeated",
         "type": "float",
         "id": 4,
         "options": {
          "packed": true
         }
        },
        "b": {
         "rule": "repeated",
         "type": "bool",
         "id": 5,
         "options": {
          "packed": true
         }
        },
        "type": {
         "rule": "repeated",
         "type": "DataType",
         "id": 6,
         "options": {
          "packed": true
         }
        },
        "shape": {
         "rule": "repeated",
         "type": "TensorShapeProto",
         "id": 7
        },
        "tensor": {
         "rule": "repeated",
         "type": "TensorProto",
         "id": 8
        },
        "func": {
         "rule": "repeated",
         "type": "NameAttrList",
         "id": 9
        }
       }
      }
     }
    },
    "NameAttrList": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "attr": {
       "keyType": "string",
       "type": "AttrValue",
       "id": 2
      }
     }
    },
    "OpDef": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "inputArg": {
       "rule": "repeated",
       "type": "ArgDef",
       "id": 2,
       "protoName": "input_arg"
      },
      "outputArg": {
       "rule": "repeated",
       "type": "ArgDef",
       "id": 3,
       "protoName": "output_arg"
      },
      "controlOutput": {
       "rule": "repeated",
       "type": "string",
       "id": 20,
       "protoName": "control_output"
      },
      "attr": {
       "rule": "repeated",
       "type": "AttrDef",
       "id": 4
      },
      "deprecation": {
       "type": "OpDeprecation",
       "id": 8
      },
      "summary": {
       "type": "string",
       "id": 5
      },
      "description": {
       "type": "string",
       "id": 6
      },
      "isCommutative": {
       "type": "bool",
       "id": 18,
       "protoName": "is_commutative"
      },
      "isAggregate": {
       "type": "bool",
       "id": 16,
       "protoName": "is_aggregate"
      },
      "isStateful": {
       "type": "bool",
       "id": 17,
       "protoName": "is_stateful"
      },
      "allowsUninitializedInput": {
       "type": "bool",
       "id": 19,
       "protoName": "allows_uninitialized_input"
      },
      "isDistributedCommunication": {
       "type": "bool",
       "id": 21,
       "protoName": "is_distributed_communication"
      }
     },
     "nested": {
      "ArgDef": {
       "fields": {
        "name": {
         "type": "string",
         "id": 1
        },
        "description": {
         "type": "string",
         "id": 2
        },
        "type": {
         "type": "DataType",
         "id": 3
        },
        "typeAttr": {
         "type": "string",
         "id": 4,
         "protoName": "type_attr"
        },
        "numberAttr": {
         "type": "string",
         "id": 5,
         "protoName": "number_attr"
        },
        "typeListAttr": {
         "type": "string",
         "id": 6,
         "protoName": "type_list_attr"
        },
        "handleData": {
         "rule": "repeated",
         "type": "ResourceHandleProto.DtypeAndShape",
         "id": 7,
         "protoName": "handle_data"
        },
        "isRef": {
         "type": "bool",
         "id": 16,
         "protoName": "is_ref"
        },
        "experimentalFullType": {
         "type": "FullTypeDef",
         "id": 17,
         "protoName": "experimental_full_type"
        }
       }
      },
      "AttrDef": {
       "fields": {
        "name": {
         "type": "string",
         "id": 1
        },
        "type": {
         "type": "string",
         "id": 2
        },
        "defaultValue": {
         "type": "AttrValue",
         "id": 3,
         "protoName": "default_value"
        },
        "description": {
         "type": "string",
         "id": 4
        },
        "hasMinimum": {
         "type": "bool",
         "id": 5,
         "protoName": "has_minimum"
        },
        "minimum": {
         "type": "int64",
         "id": 6
        },
        "allowedValues": {
         "type": "AttrValue",
         "id": 7,
         "protoName": "allowed_values"
        }
       }
      }
     }
    },
    "OpDeprecation": {
     "fields": {
      "version": {
       "type": "int32",
       "id": 1
      },
      "explanation": {
       "type": "string",
       "id": 2
      }
     }
    },
    "OpList": {
     "fields": {
      "op": {
       "rule": "repeated",
       "type": "OpDef",
       "id": 1
      }
     }
    },
    "FullTypeId": {
     "values": {
      "TFT_UNSET": 0,
      "TFT_VAR": 1,
      "TFT_ANY": 2,
      "TFT_PRODUCT": 3,
      "TFT_NAMED": 4,
      "TFT_FOR_EACH": 20,
      "TFT_CALLABLE": 100,
      "TFT_TENSOR": 1000,
      "TFT_ARRAY": 1001,
      "TFT_OPTIONAL": 1002,
      "TFT_LITERAL": 1003,
      "TFT_ENCODED": 1004,
      "TFT_SHAPE_TENSOR": 1005,
      "TFT_BOOL": 200,
      "TFT_UINT8": 201,
      "TFT_UINT16": 202,
      "TFT_UINT32": 203,
      "TFT_UINT64": 204,
      "TFT_INT8": 205,
      "TFT_INT16": 206,
      "TFT_INT32": 207,
      "TFT_INT64": 208,
      "TFT_HALF": 209,
      "TFT_FLOAT": 210,
      "TFT_DOUBLE": 211,
      "TFT_BFLOAT16": 215,
      "TFT_COMPLEX64": 212,
      "TFT_COMPLEX128": 213,
      "TFT_STRING": 214,
      "TFT_DATASET": 10102,
      "TFT_RAGGED": 10103,
      "TFT_ITERATOR": 10104,
      "TFT_MUTEX_LOCK": 10202,
      "TFT_LEGACY_VARIANT": 10203
     }
    },
    "FullTypeDef": {
     "oneofs": {
      "attr": {
       "oneof": [
        "s",
        "i"
       ]
      }
     },
     "fields": {
      "typeId": {
       "type": "FullTypeId",
       "id": 1,
       "protoName": "type_id"
      },
      "args": {
       "rule": "repeated",
       "type": "FullTypeDef",
       "id": 2
      },
      "s": {
       "type": "string",
       "id": 3
      },
      "i": {
       "type": "int64",
       "id": 4
      }
     }
    },
    "TensorShapeProto": {
     "fields": {
      "dim": {
       "rule": "repeated",
       "type": "Dim",
       "id": 2
      },
      "unknownRank": {
       "type": "bool",
       "id": 3,
       "protoName": "unknown_rank"
      }
     },
     "nested": {
      "Dim": {
       "fields": {
        "size": {
         "type": "int64",
         "id": 1
        },
        "name": {
         "type": "string",
         "id": 2
        }
       }
      }
     }
    },
    "DataType": {
     "values": {
      "DT_INVALID": 0,
      "DT_FLOAT": 1,
      "DT_DOUBLE": 2,
      "DT_INT32": 3,
      "DT_UINT8": 4,
      "DT_INT16": 5,
      "DT_INT8": 6,
      "DT_STRING": 7,
      "DT_COMPLEX64": 8,
      "DT_INT64": 9,
      "DT_BOOL": 10,
      "DT_QINT8": 11,
      "DT_QUINT8": 12,
      "DT_QINT32": 13,
      "DT_BFLOAT16": 14,
      "DT_QINT16": 15,
      "DT_QUINT16": 16,
      "DT_UINT16": 17,
      "DT_COMPLEX128": 18,
      "DT_HALF": 19,
      "DT_RESOURCE": 20,
      "DT_VARIANT": 21,
      "DT_UINT32": 22,
      "DT_UINT64": 23,
      "DT_FLOAT8_E5M2": 24,
      "DT_FLOAT8_E4M3FN": 25,
      "DT_FLOAT_REF": 101,
      "DT_DOUBLE_REF": 102,
      "DT_INT32_REF": 103,
      "DT_UINT8_REF": 104,
      "DT_INT16_REF": 105,
      "DT_INT8_REF": 106,
      "DT_STRING_REF": 107,
      "DT_COMPLEX64_REF": 108,
      "DT_INT64_REF": 109,
      "DT_BOOL_REF": 110,
      "DT_QINT8_REF": 111,
      "DT_QUINT8_REF": 112,
      "DT_QINT32_REF": 113,
      "DT_BFLOAT16_REF": 114,
      "DT_QINT16_REF": 115,
      "DT_QUINT16_REF": 116,
      "DT_UINT16_REF": 117,
      "DT_COMPLEX128_REF": 118,
      "DT_HALF_REF": 119,
      "DT_RESOURCE_REF": 120,
      "DT_VARIANT_REF": 121,
      "DT_UINT32_REF": 122,
      "DT_UINT64_REF": 123,
      "DT_FLOAT8_E5M2_REF": 124,
      "DT_FLOAT8_E4M3FN_REF": 125
     }
    },
    "SerializedDType": {
     "fields": {
      "datatype": {
       "type": "DataType",
       "id": 1
      }
     }
    },
    "SavedObjectGraph": {
     "fields": {
      "nodes": {
       "rule": "repeated",
       "type": "SavedObject",
       "id": 1
      },
      "concreteFunctions": {
       "keyType": "string",
       "type": "SavedConcreteFunction",
       "id": 2,
       "protoName": "concrete_functions"
      }
     }
    },
    "SavedObject": {
     "oneofs": {
      "kind": {
       "oneof": [
        "userObject",
        "asset",
        "function",
        "variable",
        "bareConcreteFunction",
        "constant",
        "resource",
        "capturedTensor"
       ]
      }
     },
     "fields": {
      "children": {
       "rule": "repeated",
       "type": "TrackableObjectGraph.TrackableObject.ObjectReference",
       "id": 1
      },
      "dependencies": {
       "rule": "repeated",
       "type": "TrackableObjectGraph.TrackableObject.ObjectReference",
       "id": 15
      },
      "slotVariables": {
       "rule": "repeated",
       "type": "TrackableObjectGraph.TrackableObject.SlotVariableReference",
       "id": 3,
       "protoName": "slot_variables"
      },
      "userObject": {
       "type": "SavedUserObject",
       "id": 4,
       "protoName": "user_object"
      },
      "asset": {
       "type": "SavedAsset",
       "id": 5
      },
      "function": {
       "type": "SavedFunction",
       "id": 6
      },
      "variable": {
       "type": "SavedVariable",
       "id": 7
      },
      "bareConcreteFunction": {
       "type": "SavedBareConcreteFunction",
       "id": 8,
       "protoName": "bare_concrete_function"
      },
      "constant": {
       "type": "SavedConstant",
       "id": 9
      },
      "resource": {
       "type": "SavedResource",
       "id": 10
      },
      "capturedTensor": {
       "type": "CapturedTensor",
       "id": 12,
       "protoName": "captured_tensor"
      },
      "saveableObjects": {
       "keyType": "string",
       "type": "SaveableObject",
       "id": 11,
       "protoName": "saveable_objects"
      },
      "registeredName": {
       "type": "string",
       "id": 13,
       "protoName": "registered_name"
      },
      "serializedUserProto": {
       "type": "google.protobuf.Any",
       "id": 14,
       "protoName": "serialized_user_proto"
      },
      "registeredSaver": {
       "type": "string",
       "id": 16,
       "protoName": "registered_saver"
      }
     },
     "reserved": [
      "attributes",
      [
       2,
       2
      ]
     ]
    },
    "SavedUserObject": {
     "fields": {
      "identifier": {
       "type": "string",
       "id": 1
      },
      "version": {
       "type": "VersionDef",
       "id": 2
      },
      "metadata": {
       "type": "string",
       "id": 3,
       "options": {
        "deprecated": true
       }
      }
     }
    },
    "SavedAsset": {
     "fields": {
      "assetFileDefIndex": {
       "type": "int32",
       "id": 1,
       "protoName": "asset_file_def_index"
      }
     }
    },
    "SavedFunction": {
     "fields": {
      "concreteFunctions": {
       "rule": "repeated",
       "type": "string",
       "id": 1,
       "protoName": "concrete_functions"
      },
      "functionSpec": {
       "type": "FunctionSpec",
       "id": 2,
       "protoName": "function_spec"
      }
     }
    },
    "CapturedTensor": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "concreteFunction": {
       "type": "string",
       "id": 2,
       "protoName": "concrete_function"
      }
     }
    },
    "SavedConcreteFunction": {
     "fields": {
      "boundInputs": {
       "rule": "repeated",
       "type": "int32",
       "id": 2,
       "protoName": "bound_inputs"
      },
      "canonicalizedInputSignature": {
       "type": "StructuredValue",
       "id": 3,
       "protoName": "canonicalized_input_signature"
      },
      "outputSignature": {
       "type": "StructuredValue",
       "id": 4,
       "protoName": "output_signature"
      }
     }
    },
    "SavedBareConcreteFunction": {
     "fields": {
      "concreteFunctionName": {
       "type": "string",
       "id": 1,
       "protoName": "concrete_function_name"
      },
      "argumentKeywords": {
       "rule": "repeated",
       "type": "string",
       "id": 2,
       "protoName": "argument_keywords"
      },
      "allowedPositionalArguments": {
       "type": "int64",
       "id": 3,
       "protoName": "allowed_positional_arguments"
      },
      "functionSpec": {
       "type": "FunctionSpec",
       "id": 4,
       "protoName": "function_spec"
      }
     }
    },
    "SavedConstant": {
     "fields": {
      "operation": {
       "type": "string",
       "id": 1
      }
     }
    },
    "SavedVariable": {
     "fields": {
      "dtype": {
       "type": "DataType",
       "id": 1
      },
      "shape": {
       "type": "TensorShapeProto",
       "id": 2
      },
      "trainable": {
       "type": "bool",
       "id": 3
      },
      "synchronization": {
       "type": "VariableSynchronization",
       "id": 4
      },
      "aggregation": {
       "type": "VariableAggregation",
       "id": 5
      },
      "name": {
       "type": "string",
       "id": 6
      },
      "device": {
       "type": "string",
       "id": 7
      },
      "experimentalDistributedVariableComponents": {
       "rule": "repeated",
       "type": "SavedVariable",
       "id": 8,
       "protoName": "experimental_distributed_variable_components"
      }
     }
    },
    "FunctionSpec": {
     "fields": {
      "fullargspec": {
       "type": "StructuredValue",
       "id": 1
      },
      "isMethod": {
       "type": "bool",
       "id": 2,
       "protoName": "is_method"
      },
      "inputSignature": {
       "type": "StructuredValue",
       "id": 5,
       "protoName": "input_signature"
      },
      "jitCompile": {
       "type": "JitCompile",
       "id": 6,
       "protoName": "jit_compile"
      }
     },
     "reserved": [
      [
       3,
       3
      ],
      [
       4,
       4
      ]
     ],
     "nested": {
      "JitCompile": {
       "values": {
        "DEFAULT": 0,
        "ON": 1,
        "OFF": 2
       }
      }
     }
    },
    "SavedResource": {
     "fields": {
      "device": {
       "type": "string",
       "id": 1
      }
     }
    },
    "SaveableObject": {
     "fields": {
      "saveFunction": {
       "type": "int32",
       "id": 2,
       "protoName": "save_function"
      },
      "restoreFunction": {
       "type": "int32",
       "id": 3,
       "protoName": "restore_function"
      }
     }
    },
    "SaverDef": {
     "fields": {
      "filenameTensorName": {
       "type": "string",
       "id": 1,
       "protoName": "filename_tensor_name"
      },
      "saveTensorName": {
       "type": "string",
       "id": 2,
       "protoName": "save_tensor_name"
      },
      "restoreOpName": {
       "type": "string",
       "id": 3,
       "protoName": "restore_op_name"
      },
      "maxToKeep": {
       "type": "int32",
       "id": 4,
       "protoName": "max_to_keep"
      },
      "sharded": {
       "type": "bool",
       "id": 5
      },
      "keepCheckpointEveryNHours": {
       "type": "float",
       "id": 6,
       "protoName": "keep_checkpoint_every_n_hours"
      },
      "version": {
       "type": "CheckpointFormatVersion",
       "id": 7
      }
     },
     "nested": {
      "CheckpointFormatVersion": {
       "values": {
        "LEGACY": 0,
        "V1": 1,
        "V2": 2
       }
      }
     }
    },
    "StructuredValue": {
     "oneofs": {
      "kind": {
       "oneof": [
        "noneValue",
        "float64Value",
        "int64Value",
        "stringValue",
        "boolValue",
        "tensorShapeValue",
        "tensorDtypeValue",
        "tensorSpecValue",
        "typeSpecValue",
        "boundedTensorSpecValue",
        "listValue",
        "tupleValue",
        "dictValue",
        "namedTupleValue"
       ]
      }
     },
     "fields": {
      "noneValue": {
       "type": "NoneValue",
       "id": 1,
       "protoName": "none_value"
      },
      "float64Value": {
       "type": "double",
       "id": 11,
       "protoName": "float64_value"
      },
      "int64Value": {
       "type": "sint64",
       "id": 12,
       "protoName": "int64_value"
      },
      "stringValue": {
       "type": "string",
       "id": 13,
       "protoName": "string_value"
      },
      "boolValue": {
       "type": "bool",
       "id": 14,
       "protoName": "bool_value"
      },
      "tensorShapeValue": {
       "type": "tensorflow.TensorShapeProto",
       "id": 31,
       "protoName": "tensor_shape_value"
      },
      "tensorDtypeValue": {
       "type": "tensorflow.DataType",
       "id": 32,
       "protoName": "tensor_dtype_value"
      },
      "tensorSpecValue": {
       "type": "TensorSpecProto",
       "id": 33,
       "protoName": "tensor_spec_value"
      },
      "typeSpecValue": {
       "type": "TypeSpecProto",
       "id": 34,
       "protoName": "type_spec_value"
      },
      "boundedTensorSpecValue": {
       "type": "BoundedTensorSpecProto",
       "id": 35,
       "protoName": "bounded_tensor_spec_value"
      },
      "listValue": {
       "type": "ListValue",
       "id": 51,
       "protoName": "list_value"
      },
      "tupleValue": {
       "type": "TupleValue",
       "id": 52,
       "protoName": "tuple_value"
      },
      "dictValue": {
       "type": "DictValue",
       "id": 53,
       "protoName": "dict_value"
      },
      "namedTupleValue": {
       "type": "NamedTupleValue",
       "id": 54,
       "protoName": "named_tuple_value"
      }
     }
    },
    "NoneValue": {
     "fields": {}
    },
    "ListValue": {
     "fields": {
      "values": {
       "rule": "repeated",
       "type": "StructuredValue",
       "id": 1
      }
     }
    },
    "TupleValue": {
     "fields": {
      "values": {
       "rule": "repeated",
       "type": "StructuredValue",
       "id": 1
      }
     }
    },
    "DictValue": {
     "fields": {
      "fields": {
       "keyType": "string",
       "type": "StructuredValue",
       "id": 1
      }
     }
    },
    "PairValue": {
     "fields": {
      "key": {
       "type": "string",
       "id": 1
      },
      "value": {
       "type": "StructuredValue",
       "id": 2
      }
     }
    },
    "NamedTupleValue": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "values": {
       "rule": "repeated",
       "type": "PairValue",
       "id": 2
      }
     }
    },
    "TensorSpecProto": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "shape": {
       "type": "tensorflow.TensorShapeProto",
       "id": 2
      },
      "dtype": {
       "type": "tensorflow.DataType",
       "id": 3
      }
     }
    },
    "BoundedTensorSpecProto": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "shape": {
       "type": "tensorflow.TensorShapeProto",
       "id": 2
      },
      "dtype": {
       "type": "tensorflow.DataType",
       "id": 3
      },
      "minimum": {
       "type": "tensorflow.TensorProto",
       "id": 4
      },
      "maximum": {
       "type": "tensorflow.TensorProto",
       "id": 5
      }
     }
    },
    "TypeSpecProto": {
     "fields": {
      "typeSpecClass": {
       "type": "TypeSpecClass",
       "id": 1,
       "protoName": "type_spec_class"
      },
      "typeState": {
       "type": "StructuredValue",
       "id": 2,
       "protoName": "type_state"
      },
      "typeSpecClassName": {
       "type": "string",
       "id": 3,
       "protoName": "type_spec_class_name"
      },
      "numFlatComponents": {
       "type": "int32",
       "id": 4,
       "protoName": "num_flat_components"
      }
     },
     "nested": {
      "TypeSpecClass": {
       "values": {
        "UNKNOWN": 0,
        "SPARSE_TENSOR_SPEC": 1,
        "INDEXED_SLICES_SPEC": 2,
        "RAGGED_TENSOR_SPEC": 3,
        "TENSOR_ARRAY_SPEC": 4,
        "DATA_DATASET_SPEC": 5,
        "DATA_ITERATOR_SPEC": 6,
        "OPTIONAL_SPEC": 7,
        "PER_REPLICA_SPEC": 8,
        "VARIABLE_SPEC": 9,
        "ROW_PARTITION_SPEC": 10,
        "REGISTERED_TYPE_SPEC": 12,
        "EXTENSION_TYPE_SPEC": 13
       },
       "reserved": [
        [
         11,
         11
        ]
       ]
      }
     }
    },
    "AllocationDescription": {
     "fields": {
      "requestedBytes": {
       "type": "int64",
       "id": 1,
       "protoName": "requested_bytes"
      },
      "allocatedBytes": {
       "type": "int64",
       "id": 2,
       "protoName": "allocated_bytes"
      },
      "allocatorName": {
       "type": "string",
       "id": 3,
       "protoName": "allocator_name"
      },
      "allocationId": {
       "type": "int64",
       "id": 4,
       "protoName": "allocation_id"
      },
      "hasSingleReference": {
       "type": "bool",
       "id": 5,
       "protoName": "has_single_reference"
      },
      "ptr": {
       "type": "uint64",
       "id": 6
      }
     }
    },
    "TensorDescription": {
     "fields": {
      "dtype": {
       "type": "DataType",
       "id": 1
      },
      "shape": {
       "type": "TensorShapeProto",
       "id": 2
      },
      "allocationDescription": {
       "type": "AllocationDescription",
       "id": 4,
       "protoName": "allocation_description"
      }
     }
    },
    "VerifierConfig": {
     "fields": {
      "verificationTimeoutInMs": {
       "type": "int64",
       "id": 1,
       "protoName": "verification_timeout_in_ms"
      },
      "structureVerifier": {
       "type": "Toggle",
       "id": 2,
       "protoName": "structure_verifier"
      }
     },
     "nested": {
      "Toggle": {
       "values": {
        "DEFAULT": 0,
        "ON": 1,
        "OFF": 2
       }
      }
     }
    },
    "RPCOptions": {
     "fields": {
      "useRpcForInprocessMaster": {
       "type": "bool",
       "id": 1,
       "protoName": "use_rpc_for_inprocess_master"
      },
      "compressionAlgorithm": {
       "type": "string",
       "id": 2,
       "protoName": "compression_algorithm"
      },
      "compressionLevel": {
       "type": "int32",
       "id": 3,
       "protoName": "compression_level"
      },
      "cacheRpcResponse": {
       "type": "bool",
       "id": 4,
       "protoName": "cache_rpc_response"
      },
      "disableSessionConnectionSharing": {
       "type": "bool",
       "id": 5,
       "protoName": "disable_session_connection_sharing"
      },
      "numChannelsPerTarget": {
       "type": "int32",
       "id": 6,
       "protoName": "num_channels_per_target"
      }
     }
    },
    "TensorProto": {
     "fields": {
      "dtype": {
       "type": "DataType",
       "id": 1
      },
      "tensorShape": {
       "type": "TensorShapeProto",
       "id": 2,
       "protoName": "tensor_shape"
      },
      "versionNumber": {
       "type": "int32",
       "id": 3,
       "protoName": "version_number"
      },
      "tensorContent": {
       "type": "bytes",
       "id": 4,
       "protoName": "tensor_content"
      },
      "halfVal": {
       "rule": "repeated",
       "type": "int32",
       "id": 13,
       "protoName": "half_val",
       "options": {
        "packed": true
       }
      },
      "floatVal": {
       "rule": "repeated",
       "type": "float",
       "id": 5,
       "protoName": "float_val",
       "options": {
        "packed": true
       }
      },
      "doubleVal": {
       "rule": "repeated",
       "type": "double",
       "id": 6,
       "protoName": "double_val",
       "options": {
        "packed": true
       }
      },
      "intVal": {
       "rule": "repeated",
       "type": "int32",
       "id": 7,
       "protoName": "int_val",
       "options": {
        "packed": true
       }
      },
      "stringVal": {
       "rule": "repeated",
       "type": "bytes",
       "id": 8,
       "protoName": "string_val"
      },
      "scomplexVal": {
       "rule": "repeated",
       "type": "float",
       "id": 9,
       "protoName": "scomplex_val",
       "options": {
        "packed": true
       }
      },
      "int64Val": {
       "rule": "repeated",
       "type": "int64",
       "id": 10,
       "protoName": "int64_val",
       "options": {
        "packed": true
       }
      },
      "boolVal": {
       "rule": "repeated",
       "type": "bool",
       "id": 11,
       "protoName": "bool_val",
       "options": {
        "packed": true
       }
      },
      "dcomplexVal": {
       "rule": "repeated",
       "type": "double",
       "id": 12,
       "protoName": "dcomplex_val",
       "options": {
        "packed": true
       }
      },
      "resourceHandleVal": {
       "rule": "repeated",
       "type": "ResourceHandleProto",
       "id": 14,
       "protoName": "resource_handle_val"
      },
      "variantVal": {
       "rule": "repeated",
       "type": "VariantTensorDataProto",
       "id": 15,
       "protoName": "variant_val"
      },
      "uint32Val": {
       "rule": "repeated",
       "type": "uint32",
       "id": 16,
       "protoName": "uint32_val",
       "options": {
        "packed": true
       }
      },
      "uint64Val": {
       "rule": "repeated",
       "type": "uint64",
       "id": 17,
       "protoName": "uint64_val",
       "options": {
        "packed": true
       }
      },
      "float8Val": {
       "type": "bytes",
       "id": 18,
       "protoName": "float8_val"
      }
     }
    },
    "VariantTensorDataProto": {
     "fields": {
      "typeName": {
       "type": "string",
       "id": 1,
       "protoName": "type_name"
      },
      "metadata": {
       "type": "bytes",
       "id": 2
      },
      "tensors": {
       "rule": "repeated",
       "type": "TensorProto",
       "id": 3
      }
     }
    },
    "ResourceHandleProto": {
     "fields": {
      "device": {
       "type": "string",
       "id": 1
      },
      "container": {
       "type": "string",
       "id": 2
      },
      "name": {
       "type": "string",
       "id": 3
      },
      "hashCode": {
       "type": "uint64",
       "id": 4,
       "protoName": "hash_code"
      },
      "maybeTypeName": {
       "type": "string",
       "id": 5,
       "protoName": "maybe_type_name"
      },
      "dtypesAndShapes": {
       "rule": "repeated",
       "type": "DtypeAndShape",
       "id": 6,
       "protoName": "dtypes_and_shapes"
      }
     },
     "reserved": [
      [
       7,
       7
      ]
     ],
     "nested": {
      "DtypeAndShape": {
       "fields": {
        "dtype": {
         "type": "DataType",
         "id": 1
        },
        "shape": {
         "type": "TensorShapeProto",
         "id": 2
        }
       }
      }
     }
    },
    "VariableSynchronization": {
     "values": {
      "VARIABLE_SYNCHRONIZATION_AUTO": 0,
      "VARIABLE_SYNCHRONIZATION_NONE": 1,
      "VARIABLE_SYNCHRONIZATION_ON_WRITE": 2,
      "VARIABLE_SYNCHRONIZATION_ON_READ": 3
     }
    },
    "VariableAggregation": {
     "values": {
      "VARIABLE_AGGREGATION_NONE": 0,
      "VARIABLE_AGGREGATION_SUM": 1,
      "VARIABLE_AGGREGATION_MEAN": 2,
      "VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA": 3
     }
    },
    "VariableDef": {
     "fields": {
      "variableName": {
       "type": "string",
       "id": 1,
       "protoName": "variable_name"
      },
      "initialValueName": {
       "type": "string",
       "id": 6,
       "protoName": "initial_value_name"
      },
      "initializerName": {
       "type": "string",
       "id": 2,
       "protoName": "initializer_name"
      },
      "snapshotName": {
       "type": "string",
       "id": 3,
       "protoName": "snapshot_name"
      },
      "saveSliceInfoDef": {
       "type": "SaveSliceInfoDef",
       "id": 4,
       "protoName": "save_slice_info_def"
      },
      "isResource": {
       "type": "bool",
       "id": 5,
       "protoName": "is_resource"
      },
      "trainable": {
       "type": "bool",
       "id": 7
      },
      "synchronization": {
       "type": "VariableSynchronization",
       "id": 8
      },
      "aggregation": {
       "type": "VariableAggregation",
       "id": 9
      }
     }
    },
    "SaveSliceInfoDef": {
     "fields": {
      "fullName": {
       "type": "string",
       "id": 1,
       "protoName": "full_name"
      },
      "fullShape": {
       "rule": "repeated",
       "type": "int64",
       "id": 2,
       "protoName": "full_shape"
      },
      "varOffset": {
       "rule": "repeated",
       "type": "int64",
       "id": 3,
       "protoName": "var_offset"
      },
      "varShape": {
       "rule": "repeated",
       "type": "int64",
       "id": 4,
       "protoName": "var_shape"
      }
     }
    },
    "TrackableObjectGraph": {
     "fields": {
      "nodes": {
       "rule": "repeated",
       "type": "TrackableObject",
       "id": 1
      }
     },
     "nested": {
      "TrackableObject": {
       "fields": {
        "children": {
         "rule": "repeated",
         "type": "ObjectReference",
         "id": 1
        },
        "attributes": {
         "rule": "repeated",
         "type": "SerializedTensor",
         "id": 2
        },
        "slotVariables": {
         "rule": "repeated",
         "type": "SlotVariableReference",
         "id": 3,
         "protoName": "slot_variables"
        },
        "registeredSaver": {
         "type": "RegisteredSaver",
         "id": 4,
         "protoName": "registered_saver"
        },
        "hasCheckpointValues": {
         "type": "google.protobuf.BoolValue",
         "id": 5,
         "protoName": "has_checkpoint_values"
        }
       },
       "nested": {
        "ObjectReference": {
         "fields": {
          "nodeId": {
           "type": "int32",
           "id": 1,
           "protoName": "node_id"
          },
          "localName": {
           "type": "string",
           "id": 2,
           "protoName": "local_name"
          }
         }
        },
        "SerializedTensor": {
         "fields": {
          "name": {
           "type": "string",
           "id": 1
          },
          "fullName": {
           "type": "string",
           "id": 2,
           "protoName": "full_name"
          },
          "checkpointKey": {
           "type": "string",
           "id": 3,
           "protoName": "checkpoint_key"
          }
         },
         "reserved": [
          "optional_restore",
          [
           4,
           4
          ]
         ]
        },
        "SlotVariableReference": {
         "fields": {
          "originalVariableNodeId": {
           "type": "int32",
           "id": 1,
           "protoName": "original_variable_node_id"
          },
          "slotName": {
           "type": "string",
           "id": 2,
           "protoName": "slot_name"
          },
          "slotVariableNodeId": {
           "type": "int32",
           "id": 3,
           "protoName": "slot_variable_node_id"
          }
         }
        }
       }
      }
     }
    },
    "RegisteredSaver": {
     "fields": {
      "name": {
       "type": "string",
       "id": 1
      },
      "objectName": {
       "type": "string",
       "id": 2,
       "protoName": "object_name"
      }
     }
    }
   }
  },
  "google": {
   "nested": {
    "protobuf": {
     "nested": {
      "Any": {
       "fields": {
        "type_url": {
         "type": "string",
         "id": 1
        },
        "value": {
         "type": "bytes",
         "id": 2
        }
       }
      },
      "DoubleValue": {
       "fields": {
        "value": {
         "type": "double",
         "id": 1
        }
       }
      },
      "FloatValue": {
       "fields": {
        "value": {
         "type": "float",
         "id": 1
        }
       }
      },
      "Int64Value": {
       "fields": {
        "value": {
         "type": "int64",
         "id": 1
        }
       }
      },
      "UInt64Value": {
       "fields": {
        "value": {
         "type": "uint64",
         "id": 1
        }
       }
      },
      "Int32Value": {
       "fields": {
        "value": {
         "type": "int32",
         "id": 1
        }
       }
      },
      "UInt32Value": {
       "fields": {
        "value": {
         "type": "uint32",
         "id": 1
        }
       }
      },
      "BoolValue": {
       "fields": {
        "value": {
         "type": "bool",
         "id": 1
        }
       }
      },
      "StringValue": {
       "fields": {
        "value": {
         "type": "string",
         "id": 1
        }
       }
      },
      "BytesValue": {
       "fields": {
        "value": {
         "type": "bytes",
         "id": 1
        }
       }
      }
     }
    }
   }
  }
 }
};
