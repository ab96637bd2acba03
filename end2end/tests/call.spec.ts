// The call: an organizer lists it and decides, a unit answers with its phone, its link, and nothing else.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the form that was not right

/** Tomorrow evening as `datetime-local` writes it. */
const tomorrow = () => `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T18:00`;

test('a unit offers a service by its link, is told, confirms and is let go', { tag: ['@phone', '@noscript'] }, async ({ page, visitor, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'call'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('揭榜');
  await page.getByLabel('开头的话').fill('本周六在诗园广场开市，欢迎揭榜、认领、请缨。');
  await page.getByLabel('参市公约').fill('不占消防通道。');
  await page.getByLabel('截止', { exact: true }).fill(tomorrow());
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
