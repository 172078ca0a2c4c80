/** Loaded before all tests: every program that a test compiles is verified after every pass. */
import { verifyPasses } from '../../engine/optimize/pipeline.ts';

verifyPasses();
