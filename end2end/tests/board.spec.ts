// The assignment board: take off, fill in, drag, refuse with the reason, keyboard; and the register of units.
// Each story leaves every unit where it found it.
import type { Page } from '@playwright/test';
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

const row = (page: Page, name: string) => page.locator('.placed li', { hasText: name });
const card = (page: Page, name: string) => page.locator('.card', { hasText: name });
const plate = (page: Page, no: string) => page.locator(`.board g.plate[aria-label^="${no} "]`);

async function drag(page: Page, from: { x: number; y: number }, to: ReturnType<typeof plate>) {
  const goal = (await to.boundingBox())!;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(goal.x + goal.width / 2 + 4, goal.y + goal.height / 2, { steps: 4 });
  await page.mouse.move(goal.x + goal.width / 2, goal.y + goal.height / 2);
}

test('fill in shows what it would change, does it, and undo takes it back', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '撤下 急救课堂' }).click();
  await expect(card(page, '急救课堂')).toBeVisible();
  const propose = page.getByRole('button', { name: /^补齐 \d+ 个空位/ });
  const preview = page.getByRole('region', { name: '补齐预览' });
  await propose.click();
  await expect(preview).toContainText(/新排 \d+ 家/);
  await expect(preview).toContainText('动到已排单位 0');
  await expect(preview).toContainText('已证明最优');
  await preview.getByText('逐条看').click();
  await expect(preview).toContainText('第 1 志愿 +50');
  // Every term of the whole market, as the judge counts it.
  await expect(preview.locator('.effect')).toContainText('志愿 +50');
  await axe(page);
  // Another organizer may change the board between the preview and the click: then it is proposed anew.
  await expect(async () => {
    if (await propose.isVisible()) await propose.click();
    await preview.getByRole('button', { name: '就这样排' }).click({ timeout: 2_000 });
    await expect(row(page, '急救课堂')).toContainText('12', { timeout: 2_000 });
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.message')).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(card(page, '急救课堂')).toBeVisible();
  // The page shows it at once; a reload before the answer would take the change with it.
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/board/arrange'));
  await page.getByRole('button', { name: '重做' }).click();
  await expect(row(page, '急救课堂')).toContainText('12');
  await kept;
  await page.reload();
  await expect(row(page, '急救课堂')).toContainText('12');
});

test('a drag lands where a rule allows it and learns why not elsewhere', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '晴' }).click();
  await page.getByRole('button', { name: '撤下 啡你莫属' }).click();
  const from = async () => {
    const box = (await card(page, '啡你莫属').boundingBox())!;
    return { x: box.x + 80, y: box.y + 20 };
  };
  await drag(page, await from(), plate(page, '5'));
  await expect(page.locator('.answer')).toContainText('要 2.2 kW，最近插座 o4 距');
  await page.mouse.up();
  await expect(page.locator('.message')).toContainText('够不着（≤ 12.0 m）');
  await expect(card(page, '啡你莫属')).toBeVisible();
  await drag(page, await from(), plate(page, '10'));
  await expect(page.locator('.answer')).toContainText('放 10 号，可以');
  await page.mouse.up();
  await expect(row(page, '啡你莫属')).toContainText('10');
  await row(page, '啡你莫属').getByRole('button', { name: /啡你莫属 ?\d+$/ }).click();
  await expect(page.locator('.answer')).toContainText('啡你莫属 在 10 号');
  await axe(page);
});

test('two stalls are swapped by a drag and swapped back', async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '晴' }).click();
  await expect(row(page, '文明列车')).toContainText('11');
  const box = (await plate(page, '11').boundingBox())!;
  await drag(page, { x: box.x + box.width / 2, y: box.y + 20 }, plate(page, '8'));
  // Before it is dropped: what that would change for everybody.
  await expect(page.locator('.answer')).toContainText('手作沙龙 换到 11 号');
  await expect(page.locator('.answer .effect')).toContainText('挪动已排 −16');
  await page.mouse.up();
  await expect(row(page, '文明列车').locator('b')).toHaveText('8');
  await expect(row(page, '手作沙龙').locator('b')).toHaveText('11');
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(row(page, '文明列车').locator('b')).toHaveText('11');
});

test('the keyboard alone places a unit, and a pin holds it', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '撤下 企业宣讲' }).press('Enter');
  await card(page, '企业宣讲').locator('.choose').press('Enter');
  await axe(page);
  await page.getByRole('button', { name: /^14 放这里/ }).press('Enter');
  await expect(row(page, '企业宣讲')).toContainText('14');
  await page.getByRole('button', { name: '钉住 企业宣讲' }).press('Enter');
  await expect(page.getByRole('button', { name: '撤下 企业宣讲' })).toBeHidden();
  await page.getByRole('button', { name: '取下图钉 企业宣讲' }).press('Enter');
  await expect(page.getByRole('button', { name: '撤下 企业宣讲' })).toBeVisible();
});

test('an empty stall says what it has, is kept free and is let go', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '晴' }).click();
  await page.getByRole('button', { name: '撤下 企业宣讲' }).click();
  await plate(page, '14').click();
  const answer = page.locator('.answer');
  await expect(answer).toContainText('14 号空位');
  await expect(answer).toContainText('电');
  await axe(page);
  await page.getByLabel('留给谁').fill('街道');
  const kept = page.waitForResponse((reply) => reply.url().endsWith('/board/reserve'));
  await page.getByRole('button', { name: '留着不排' }).click();
  await expect(plate(page, '14')).toContainText('留着');
  await kept;
  await page.reload();
  await page.getByRole('button', { name: '晴' }).click();
  await card(page, '企业宣讲').locator('.choose').click();
  await expect(page.getByRole('button', { name: /^14 放这里/ })).toHaveCount(0);
  await plate(page, '14').click();
  await expect(page.locator('.message')).toContainText('这个摊位留着：街道');
  // Another choice clears the sentence.
  await card(page, '企业宣讲').locator('.choose').click();
  await expect(page.locator('.message')).toHaveCount(0);
  await plate(page, '14').click();
  await page.getByRole('button', { name: '放开' }).click();
  await expect(plate(page, '14')).not.toContainText('留着');
  await card(page, '企业宣讲').locator('.choose').click();
  await page.getByRole('button', { name: /^14 放这里/ }).click();
  await expect(row(page, '企业宣讲')).toContainText('14');
});

test('on a phone a tap chooses and a tap places', { tag: ['@phone-only', '@phone'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '撤下 志愿有你' }).tap();
  await card(page, '志愿有你').locator('.choose').tap();
  await axe(page);
  await page.getByRole('button', { name: /^6 放这里/ }).tap();
  await expect(row(page, '志愿有你')).toContainText('6');
  await page.getByRole('button', { name: '网格有约' }).first().tap();
  await expect(page.locator('.answer')).toContainText('网格有约 在 2 号');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('of two organizers the slower one learns where the unit is by now', async ({ page, visitor, demo }) => {
  const other = await visitor();
  await signIn(page, demo);
  await signIn(other, demo);
  await page.goto(step(demo, 'board'));
  await page.getByRole('button', { name: '撤下 建议征集' }).click();
  await page.waitForLoadState('networkidle');
  await other.goto(step(demo, 'board'));
  await expect(card(other, '建议征集')).toBeVisible();
  await card(page, '建议征集').locator('.choose').click();
  await page.getByRole('button', { name: /^13 放这里/ }).click();
  await expect(row(page, '建议征集')).toContainText('13');
  await page.waitForLoadState('networkidle');
  await card(other, '建议征集').locator('.choose').click();
  await other.locator('.option').first().click();
  await expect(other.locator('.message')).toContainText('这家已在 13 号');
  await expect(row(other, '建议征集')).toContainText('13');
});

test.describe('the register', () => {
  // A form that is refused comes back with its complaint and status 422.
  test.use({ expected: [/status of 422/] });

  test('a unit is added, refused twice and corrected without script', { tag: ['@phone-only', '@noscript'] }, async ({ page, demo, axe }, info) => {
    const name = `社区书画社 ${info.project.name}`;
    await signIn(page, demo);
    await page.goto(`${demo.base}/o/units`);
    await axe(page);
    const add = async () => {
      await page.getByLabel('单位名称').fill(name);
      await page.getByLabel('联系人角色').fill('社长');
      await page.getByLabel('服务', { exact: true }).fill('书画、写春联');
      await page.getByRole('button', { name: '加一家' }).click();
    };
    await add();
    const line = page.locator('tr', { hasText: name });
    await expect(line).toContainText('写春联');
    await add();
    await expect(page.getByRole('alert')).toContainText('已有同名单位。');
    await line.getByRole('link').click();
    await page.getByLabel('联系人角色').fill('副社长');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(line).toContainText('副社长');
  });
});
