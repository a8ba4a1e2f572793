#!/usr/bin/env node
import { add } from '../src/add.js';

const [, , a = '0', b = process.env.ADD_TO ?? '0'] = process.argv;
console.log(add(Number(a), Number(b)));
