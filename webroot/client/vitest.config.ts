import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['client/contract.client.ts'], fileParallelism: false } });
