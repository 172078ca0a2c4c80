/**
 * Exports Inversify, and imports the metadata polyfill that it needs. A file of its own because declaration files keep side-effect imports.
 */
import 'reflect-metadata';

export { Container, ContainerModule } from 'inversify';
