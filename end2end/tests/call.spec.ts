// The call: an organizer lists it and decides, a unit answers with its phone, its link, and nothing else.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of (409|422)/] }); // of the form that was not right, of the stall that was gone

/** In an hour, on the clock of the square (UTC+8), as `datetime-local` writes it: the demo's market is open, and answers end before it closes. */
const soon = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 16);

test('a unit offers a service by its link, is told, confirms and is let go', { tag: ['@phone', '@noscript'] }, async ({ page, visitor, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'call'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('揭榜');
  await page.getByLabel('开头的话').fill('本周六在诗园广场开市，欢迎揭榜、认领、请缨。');
  await page.getByLabel('参市公约').fill('不占消防通道。');
  await page.getByLabel('截止', { exact: true }).fill(soon());
  await page.getByRole('checkbox', { name: '张榜，开始接受报名' }).check();
  await page.getByRole('button', { name: '存榜文' }).click();
  await expect(page.locator('.head .chip').first()).toHaveText('已张榜');
  await page.getByRole('button', { name: '生成全部单位的链接' }).click();
  const link = page.locator('.links li', { hasText: '福中社区老年协会党支部' }).getByRole('link');
  const address = (await link.getAttribute('href')) ?? '';
  await axe(page);

  const phone = await visitor();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(`${address}/call`);
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('福中社区老年协会党支部');
  await expect(phone.locator('main')).toContainText('急救课堂');
  await axe(phone);
  await phone.getByRole('link', { name: '请缨', exact: true }).click();
  await phone.getByLabel('招牌上写什么').fill('写春联');
  await phone.getByLabel('做什么').fill('写春联、送福字');
  await phone.getByLabel('用电').fill('很多');
  await phone.getByLabel('我们同意参市公约').check();
  await phone.getByRole('button', { name: '报名' }).click();
  await expect(phone.getByRole('alert')).toContainText('用电写 0 到 20000');
  await expect(phone.getByLabel('做什么')).toHaveValue('写春联、送福字');
  await axe(phone);
  await phone.getByLabel('用电').fill('');
  await phone.getByLabel('我们同意参市公约').check();
  await phone.getByRole('button', { name: '报名' }).click();
  await expect(phone.getByRole('status')).toContainText('报上了');
  const own = phone.locator('li.stall', { hasText: '写春联' }).last();
  await expect(own).toContainText('等社区定');

  await page.goto(step(demo, 'call'));
  const answer = page.locator('table.entries tbody tr', { hasText: '写春联' }).last();
  await answer.getByRole('button', { name: '录用' }).click();
  await phone.reload();
  await expect(own).toContainText('等社区定'); // decided, not told
  await page.getByRole('button', { name: /^告知 1 家$/ }).click();
  await expect(answer).toContainText('已录用，等确认');
  await axe(page);
  await phone.reload();
  await phone.getByRole('button', { name: '收到，我们来' }).click();
  await expect(own).toContainText('已确认');
  await phone.goto(`${demo.market}/call`);
  await expect(phone.locator('main')).toContainText('福中社区老年协会党支部');
  await axe(phone);

  await page.reload();
  await answer.getByText('取消', { exact: true }).first().click();
  await answer.getByRole('textbox', { name: '理由' }).fill('人手够了');
  await answer.getByRole('button', { name: '取消' }).click();
  await expect(answer).toContainText('已取消：人手够了');
});

test('of two units that tap the same open stall the second is led to the other one', async ({ page, visitor, demo, axe }) => {
  const board = await visitor();
  await signIn(board, demo);
  await board.goto(step(demo, 'board'));
  const kept = () => board.waitForResponse((answer) => answer.url().endsWith('/board/arrange'));
  for (const name of ['企业宣讲', '建议征集']) {
    const saved = kept();
    await board.getByRole('button', { name: `撤下 ${name}` }).click();
    await saved;
  }

  const desk = await visitor();
  await signIn(desk, demo);
  await desk.goto(step(demo, 'call'));
  await desk.getByLabel('截止', { exact: true }).fill(soon());
  await desk.getByRole('checkbox', { name: '张榜，开始接受报名' }).check();
  await desk.getByRole('button', { name: '存榜文' }).click();
  await desk.getByRole('button', { name: '生成全部单位的链接' }).click();
  const link = async (unit: string) =>
    (await desk.locator('.links li', { hasText: unit }).getByRole('link').getAttribute('href')) ?? '';

  const late = await visitor();
  for (const phone of [page, late]) await phone.setViewportSize({ width: 390, height: 844 });
  await late.goto(`${await link('莲花街道企服部')}/call`);
  await page.goto(`${await link('包联单位 市政法委办公室')}/call`);
  const open = (phone: typeof page, no: string) => phone.locator('.offers li', { has: phone.getByText(no, { exact: true }) });
  await open(page, '13').getByRole('button', { name: '认领' }).click();
  await expect(page.locator('main')).toContainText('这个摊位替您留到');
  await axe(page);
  await open(late, '13').getByRole('button', { name: '认领' }).click();
  await expect(late.getByRole('alert')).toContainText('离它最近、也合适的是 14 号');
  await axe(late);
  await open(late, '14').getByRole('button', { name: '认领' }).click();
  await expect(late.locator('main')).toContainText('认领 14');

  // Both stalls go back to whom they belong to.
  for (const name of ['建议征集', '企业宣讲']) {
    const saved = kept();
    await board.getByRole('button', { name: '撤销' }).click();
    await saved;
    await expect(board.locator('.placed li', { hasText: name })).toBeVisible();
  }
});
