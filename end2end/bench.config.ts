// Measurements in Chromium, run by `make bench` and never by `make test`: they print, they do not judge.
import stories from './playwright.config';

export default {
  ...stories,
  testDir: 'bench',
  timeout: 300_000,
  use: { ...stories.use, trace: 'off' as const, screenshot: 'off' as const, actionTimeout: 30_000 },
  projects: [{ name: 'desktop', use: { viewport: { width: 1440, height: 900 } } }],
};
