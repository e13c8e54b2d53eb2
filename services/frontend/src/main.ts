import { run } from '@fluxwright/runtime';
import { program } from './program';

void run(program);
