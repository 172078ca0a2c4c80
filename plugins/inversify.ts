/** Inversify, with the metadata that it needs: a file of its own, since declarations keep an import that is made for its effects. */
import 'reflect-metadata';

export { Container, ContainerModule } from 'inversify';
