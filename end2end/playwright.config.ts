// Stories in Chromium: at a desk, on a phone, and on a phone that runs no scripts.
import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const debian = '/usr/bin/chromium';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

export default defineConfig({
  testDir: 'tests',
  globalSetup: './setup/server.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1, // the stories share one market
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: existsSync(debian) ? debian : undefined,
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
  // A story names the projects it is told in by its tags; without a tag it is told at a desk.
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } }, grepInvert: /@phone-only|@noscript-only/ },
    { name: 'phone', use: phone, grep: /@phone/ },
    { name: 'noscript', use: { ...phone, javaScriptEnabled: false }, grep: /@noscript/ },
  ],
});
