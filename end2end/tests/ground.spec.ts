// Drawing a ground: by mouse, by keyboard, by finger; a photo under it; and which markets a change touches.
import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { signIn } from '../setup/sign-in';
import { expect, test, type Addresses } from '../setup/story';

/** A ground of its own for each story: the demo's one is shared. Answers its address. */
async function fresh(page: Page, demo: Addresses, name: string): Promise<string> {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/grounds/new`);
  await page.getByLabel('名称').fill(name);
  await page.getByLabel('长（米）').fill('40');
  await page.getByLabel('宽（米）').fill('25');
  await page.getByRole('button', { name: '建好，去画' }).click();
  await page.waitForURL(/\/o\/grounds\/(?!new)/);
  await expect(page.locator('svg.sheet .zone')).toHaveCount(1);
  return page.url();
}

const save = (page: Page) => page.getByRole('button', { name: '保存场地' });
const row = (page: Page, name: string) => page.locator('.stalls li button', { hasText: name });

/** Where on the screen a place of the ground lies, in whole pixels: a browser cuts a mouse's fractions off. */
async function pixel(page: Page, x: number, y: number) {
  return page.locator('svg.sheet').evaluate((svg: SVGSVGElement, [x, y]) => {
    const at = new DOMPoint(x * 20, -y * 20).matrixTransform(svg.getScreenCTM()!);
    return { x: Math.round(at.x), y: Math.round(at.y) };
  }, [x, y] as const);
}

async function drag(page: Page, from: [number, number], to: [number, number]) {
  const [a, b] = [await pixel(page, ...from), await pixel(page, ...to)];
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2);
  await page.mouse.move(b.x, b.y);
  await page.mouse.up();
}

async function tap(page: Page, x: number, y: number) {
  const at = await pixel(page, x, y);
  await page.mouse.click(at.x, at.y);
}

/** The field of one figure of what is chosen. */
const figure = (page: Page, name: string) => page.locator('.inspector .figure', { hasText: new RegExp(`^${name}`) }).locator('input');

const value = (page: Page, nth: number, axis: 'X' | 'Y') =>
  page.locator('.corners li').nth(nth).getByLabel(axis, { exact: true });

test('a zone is drawn, a corner typed, taken back and saved', async ({ page, demo, axe }) => {
  await fresh(page, demo, '新雪广场');
  for (let n = 0; n < 3; n++) await page.getByRole('button', { name: '缩小' }).click();
  await page.getByRole('button', { name: '矩形' }).click();
  await page.getByLabel('画什么').selectOption({ label: '分区（有顶）' });
  await drag(page, [2, 27], [20, 35]);
  await expect(page.locator('svg.sheet .zone')).toHaveCount(2);
  await expect(page.locator('.corners li')).toHaveCount(4);
  await expect(page.getByLabel('有顶，下雨也能用')).toBeChecked();
  await value(page, 2, 'X').fill('24.5');
  await value(page, 2, 'X').press('Tab');
  await expect(value(page, 2, 'Y')).toBeFocused();
  await expect(page.locator('.inspector')).toContainText('162.0 m²');
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(value(page, 2, 'X')).toHaveValue('20');
  await page.getByRole('button', { name: '重做' }).click();
  await expect(value(page, 2, 'X')).toHaveValue('24.5');
  await page.getByLabel('名称').fill('连廊');
  await page.getByLabel('名称').press('Tab');
  await axe(page);
  await save(page).click();
  await expect(page.locator('.keeping')).toContainText('已存');
  await page.reload();
  await row(page, '连廊').click();
  await expect(value(page, 2, 'X')).toHaveValue('24.5');
  await expect(save(page)).toBeDisabled();
});

test('corners are dragged, added on an edge and deleted; crossing lines are told before saving', async ({ page, demo }) => {
  await fresh(page, demo, '新雪广场二');
  await tap(page, 20, 12);
  await drag(page, [40, 25], [38, 22]);
  await expect(value(page, 2, 'X')).toHaveValue('38');
  await expect(value(page, 2, 'Y')).toHaveValue('22');
  await drag(page, [20, 0], [20, -3]);
  await expect(page.locator('.corners li')).toHaveCount(5);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(value(page, 1, 'Y')).toHaveValue('-1.9');
  await page.keyboard.press('Delete');
  await expect(page.locator('.corners li')).toHaveCount(4);
  // A bow tie is no ground.
  await value(page, 0, 'Y').fill('30');
  await value(page, 0, 'Y').press('Tab');
  await value(page, 3, 'Y').fill('-9');
  await value(page, 3, 'Y').press('Tab');
  await expect(page.locator('.checks li.error')).toContainText('自己相交');
  await expect(save(page)).toBeDisabled();
  for (let n = 0; n < 2; n++) await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.locator('.checks li.error')).toHaveCount(0);
  await expect(save(page)).toBeEnabled();
});

test('a polygon, a fire lane, points: all that a square has is drawn by its tool', async ({ page, demo }) => {
  await fresh(page, demo, '新雪广场三');
  await page.keyboard.press('p');
  await page.getByLabel('画什么').selectOption({ label: '花坛' });
  for (const [x, y] of [[5, 5], [9, 5], [7, 9]]) await tap(page, x, y);
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.locator('.inspector h2')).toHaveText('障碍 花坛');
  await page.keyboard.press('l');
  await tap(page, 36, 2);
  await tap(page, 36, 23);
  await expect(page.locator('.inspector h2')).toHaveText('留空 消防通道');
  await expect(page.getByLabel('净宽')).toHaveValue('4');
  await page.keyboard.press('t');
  await page.getByLabel('画什么').selectOption({ label: 'AED' });
  await tap(page, 20, 15);
  await expect(page.locator('svg.sheet .mark.help')).toHaveCount(1);
  await page.getByLabel('说明').fill('服务台旁');
  await page.getByLabel('说明').press('Tab');
  await expect(page.locator('svg.sheet .mark-sign')).toHaveText('服务台旁');
  // Without a pointer: the tool, then "add one".
  await page.getByRole('button', { name: '点', exact: true }).press('Enter');
  await page.getByLabel('画什么').selectOption({ label: '插座' });
  await page.getByRole('button', { name: '加一个', exact: true }).press('Enter');
  await page.getByRole('button', { name: '回路' }).press('Enter');
  await expect(page.locator('.inspector h2')).toHaveText('回路 c1 7 kW');
  await row(page, 'o1 3.5 kW').press('Enter');
  await page.locator('.inspector .choices select').selectOption('c1');
  await save(page).click();
  await expect(page.locator('.keeping')).toContainText('已存');
  await page.reload();
  await expect(page.locator('.stalls')).toContainText('服务台旁');
});

test('a change names the markets it touches and how many stalls would be in error', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/grounds`);
  await axe(page);
  await page.getByRole('link', { name: '诗园小广场', exact: false }).first().click();
  await row(page, '诗园小广场').click();
  await value(page, 0, 'X').fill('6');
  await value(page, 0, 'X').press('Tab');
  await save(page).click();
  const question = page.locator('.question');
  await expect(question).toContainText('党员服务市集（开市中）');
  await expect(question).toContainText(/改后 \d+ 个摊位出错：.*13.*（现在 \d+ 个）/);
  await axe(page);
  await page.getByRole('button', { name: '先不存' }).click();
  await expect(question).toHaveCount(0);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(save(page)).toBeDisabled();
  // A seat harms nobody, and still it is said which market shows it.
  await page.keyboard.press('t');
  await page.getByLabel('画什么').selectOption({ label: '座椅' });
  await page.getByRole('button', { name: '加一个', exact: true }).click();
  await save(page).click();
  await expect(question).toContainText('摊位都不受影响');
  await page.getByRole('button', { name: '照样保存' }).click();
  await expect(page.locator('.keeping')).toContainText('已存');
});

test('two who draw the same part: the later one sees both versions and chooses', async ({ page, visitor, demo }) => {
  const address = await fresh(page, demo, '新雪广场四');
  const other = await visitor();
  await signIn(other, demo);
  await other.goto(address);
  const widen = async (on: Page, x: string) => {
    await row(on, '新雪广场四').click();
    await value(on, 1, 'X').fill(x);
    await value(on, 1, 'X').press('Tab');
    await save(on).click();
  };
  await widen(other, '44');
  await expect(other.locator('.keeping')).toContainText('已存');
  await widen(page, '48');
  await expect(page.locator('.question')).toContainText('别人刚改过同样的地方');
  await page.getByRole('button', { name: '用我的盖上去' }).click();
  await expect(page.locator('.keeping')).toContainText('已存');
  await other.reload();
  await row(other, '新雪广场四').click();
  await expect(value(other, 1, 'X')).toHaveValue('48');
});

/** A PNG of one colour. */
function png(w: number, h: number): Buffer {
  const crc = (bytes: Buffer) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let n = 0; n < 8; n++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
    }
    return ~sum >>> 0;
  };
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(w, 0);
  head.writeUInt32BE(h, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(w * 3, 0xb0)]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: h }, () => line)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

test.describe('a photo', () => {
  // The browser itself notes every answer that refuses a file.
  test.use({ expected: [/status of 422/] });

  test('is laid under the drawing, scaled by two points and faded; a bad one gets one sentence', async ({ page, demo }) => {
    await fresh(page, demo, '新雪广场五');
    const field = page.locator('.bring input');
    await field.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
    await expect(page.locator('.fold .complaint')).toHaveText('只收 PNG、JPEG、WebP 图片，这个文件不是。');
    await field.setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: png(400, 250) });
    await expect(page.locator('svg.sheet image.photo')).toHaveCount(1);
    await expect(figure(page, '长')).toHaveValue('40');
    await page.getByRole('button', { name: '按两点定比例' }).click();
    await tap(page, 10, 10);
    await tap(page, 20, 10);
    await page.getByLabel('两点相距（米）').fill('15');
    await page.getByRole('button', { name: '定好' }).click();
    await expect(figure(page, '长')).toHaveValue('60');
    await page.getByLabel('透明度').first().fill('30');
    await page.getByLabel('透明度').first().press('Tab');
    await expect(page.locator('svg.sheet image.photo')).toHaveAttribute('opacity', '0.3');
    await save(page).click();
    await expect(page.locator('.keeping')).toContainText('已存');
    await page.reload();
    await expect(page.locator('svg.sheet image.photo')).toHaveCount(1);
    await row(page, '照片').click();
    await page.getByRole('button', { name: '删除', exact: true }).click();
    await expect(page.locator('svg.sheet image.photo')).toHaveCount(0);
  });
});

test('on a phone a finger draws and two panels fold below', { tag: ['@phone', '@phone-only'] }, async ({ page, demo, axe }) => {
  await fresh(page, demo, '新雪广场六');
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: '点', exact: true }).tap();
  await page.getByLabel('画什么').selectOption({ label: '座椅' });
  await page.locator('svg.sheet').scrollIntoViewIfNeeded();
  const at = await pixel(page, 20, 12);
  await page.touchscreen.tap(at.x, at.y);
  await expect(page.locator('svg.sheet .mark')).toHaveCount(1);
  await expect(page.locator('.inspector h2')).toHaveText('设施 座椅');
  const folds = page.locator('details.fold');
  await folds.nth(1).locator('summary').tap();
  await expect(folds.nth(1)).not.toHaveAttribute('open');
  await page.getByRole('button', { name: '撤销' }).tap();
  await expect(page.locator('svg.sheet .mark')).toHaveCount(0);
});
