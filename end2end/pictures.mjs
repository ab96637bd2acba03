// Takes the README's pictures, and with --all one of every screen at phone and desktop size, light and dark.
//   node pictures.mjs ADDRESSES.json FOLDER [--all]      a demo must be running; ADDRESSES.json is what it wrote
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const [file, folder, all] = process.argv.slice(2);
const demo = JSON.parse(readFileSync(file, 'utf8'));
const step = (name) => demo.bulletin.replace(/bulletin$/, name);
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const debian = '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath: existsSync(debian) ? debian : undefined,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
mkdirSync(folder, { recursive: true });

const screens = [
  ['screen', demo.screen, { width: 1920, height: 1080 }, 'dark'],
  ['editor', step('layout') + '?plan=fair', desk, 'light'],
  ['rain', step('rain'), desk, 'light'],
  ['call', step('call'), desk, 'light'],
  ['units', demo.base + '/o/units', desk, 'light'],
  ['board', step('board'), desk, 'light'],
  ['live', step('live'), desk, 'light'],
  ['stall', demo.stalls[1].url, phone, 'light'],
  ['staff', demo.staff[1].url, phone, 'light'],
  ['appeals', step('appeals'), desk, 'light'],
  ['bulletin', step('bulletin'), desk, 'light'],
  ['poster', step('posters/print'), { width: 794, height: 1123 }, 'light'],
];
const more = [
  ['login', demo.base + '/login'], ['season', demo.base + '/o/'], ['trend', demo.base + '/o/trend'],
  ['campaigns', demo.base + '/o/campaigns'], ['reach', demo.base + '/o/reach'], ['posters', step('posters')],
  ['pack', step('pack')], ['review', step('review')], ['bulletin-edit', step('bulletin/edit')],
  ['figure', step('bulletin/figures/encounters')], ['appeal-new', step('appeals/new')], ['entries', step('entries')], ['versions', step('layout/versions?plan=fair')],
  ['sheet', step('layout/print?plan=fair')], ['grounds', demo.base + '/o/grounds'], ['call-public', demo.market + '/call'], ['new', demo.base + '/o/new'],
  ['market', demo.market], ['unit', demo.units?.[0]?.url], ['plea', demo.stalls[1].url + '/appeal'],
];

// One session for all pictures: an account that signs in for each is slowed down like a guesser.
const door = await browser.newContext();
const entry = await door.newPage();
await entry.goto(demo.base + '/login');
await entry.fill('#login', demo.organizer.user);
await entry.fill('#password', demo.organizer.password);
await entry.click('button[type=submit].primary');
await entry.waitForURL('**/o/');
const signedIn = await door.storageState();

async function take(name, url, viewport, colorScheme) {
  const context = await browser.newContext({
    viewport, colorScheme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', deviceScaleFactor: viewport.width < 500 ? 2 : 1,
    storageState: url.includes('/o/') ? signedIn : undefined,
  });
  const page = await context.newPage();
  page.on('console', (line) => line.type() === 'error' && console.error(`${name}: ${line.text()}`));
  page.on('pageerror', (fault) => console.error(`${name}: ${fault.message}`));
  await page.goto(url);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

for (const [name, url, viewport, scheme] of screens) await take(name, url, viewport, scheme);
if (all) {
  for (const [name, url] of [...screens, ...more]) {
    if (!url) continue;
    for (const scheme of ['light', 'dark']) {
      await take(`${name}-desk-${scheme}`, url, desk, scheme);
      await take(`${name}-phone-${scheme}`, url, phone, scheme);
    }
  }
}
await browser.close();
