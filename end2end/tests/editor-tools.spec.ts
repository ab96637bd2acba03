// Each tool of the map editor, with the mouse and with keys.
import { back, carry, chosen, drag, metre, middle, open, pixel, place, plate, row, saved, tool, undo } from '../setup/editor';
import { expect, test } from '../setup/story';

test('a rubber band chooses what it touches, shift adds, Escape lets go', async ({ page, demo }) => {
  await open(page, demo);
  await carry(page, await pixel(page, 1.5, 21.5), await pixel(page, 9, 16.6));
  await page.mouse.up();
  await expect(chosen(page)).toHaveCount(2);
  await page.keyboard.down('Shift');
  await page.mouse.click((await middle(page, '4')).x, (await middle(page, '4')).y);
  await expect(chosen(page)).toHaveCount(3);
  await page.mouse.click((await middle(page, '4')).x, (await middle(page, '4')).y);
  await page.keyboard.up('Shift');
  await expect(chosen(page)).toHaveCount(2);
  await expect(page.locator('.inspector')).toContainText('已选 2 个摊位');
  await page.keyboard.press('Escape');
  await expect(chosen(page)).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await expect(chosen(page)).toHaveCount(14);
});

test('several stalls move as one gesture and come back by one undo', async ({ page, demo, axe }) => {
  await open(page, demo);
  const was = [await place(page, '1'), await place(page, '2')];
  await row(page, '1').click();
  await row(page, '2').click({ modifiers: ['Shift'] });
  await axe(page);
  await drag(page, '2', 0, -1);
  await page.mouse.up();
  expect(await place(page, '1')).not.toBe(was[0]);
  await undo(page).click();
  expect([await place(page, '1'), await place(page, '2')]).toEqual(was);
  await back(page);
});

test('a handle makes a stall wider and the opposite side stays', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '14').click();
  const handle = await page.locator('.handle.e rect').boundingBox();
  if (!handle) throw new Error('no handle');
  const [scale, from] = [await metre(page), { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }];
  const left = (await plate(page, '14').locator('.face').boundingBox())!.x;
  await carry(page, from, { x: from.x + scale, y: from.y });
  await page.mouse.up();
  await expect(page.getByLabel('宽')).toHaveValue('4.00');
  await expect(page.getByLabel('深')).toHaveValue('3.00');
  expect((await plate(page, '14').locator('.face').boundingBox())!.x).toBeCloseTo(left, 0);
  await back(page);
});

test('the knob turns by fifteen degrees while shift is held', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '13').click();
  const knob = await page.locator('.knob:not(.grip)').boundingBox();
  if (!knob) throw new Error('no knob');
  const [at, from] = [await middle(page, '13'), { x: knob.x + knob.width / 2, y: knob.y + knob.height / 2 }];
  const arm = at.y - from.y;
  const angle = (28 * Math.PI) / 180;
  await page.keyboard.down('Shift');
  await carry(page, from, { x: at.x - arm * Math.sin(angle), y: at.y - arm * Math.cos(angle) });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByLabel('转角')).toHaveValue('30.00');
  await page.keyboard.press('t');
  await expect(page.getByLabel('转角')).toHaveValue('120.00');
  await back(page);
});

test('a click with the stall tool places one, and V chooses again', async ({ page, demo }) => {
  await open(page, demo);
  await page.keyboard.press('s');
  await expect(tool(page, '摊位')).toHaveAttribute('aria-pressed', 'true');
  const at = await pixel(page, 20, 8);
  await page.mouse.click(at.x, at.y);
  await expect(page.locator('.plate')).toHaveCount(15);
  await expect(tool(page, '选择')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.inspector .no')).toHaveText('15');
  await back(page);
  await expect(page.locator('.plate')).toHaveCount(14);
});

test('the tape measures', async ({ page, demo }) => {
  await open(page, demo);
  await page.keyboard.press('m');
  await carry(page, await pixel(page, 10, 5), await pixel(page, 15, 5));
  await expect(page.locator('.pill')).toContainText(/^(4\.9|5\.0|5\.1)\d? ?m$|5\.00 m/);
  await page.mouse.up();
  await page.keyboard.press('v');
  await expect(undo(page)).toBeDisabled();
});

test('what is copied is pasted with numbers that go on, also into the rain plan', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '13').click();
  await row(page, '14').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(page.locator('.plate')).toHaveCount(16);
  await expect(chosen(page)).toHaveCount(2);
  await expect(plate(page, '15')).toHaveCount(1);
  await expect(plate(page, '16')).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(page.locator('.plate')).toHaveCount(14);
  await back(page);
});

test('a group is chosen together, a double click takes one of it', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '8').click();
  await row(page, '9').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Escape');
  const at = await middle(page, '8');
  await page.mouse.click(at.x, at.y);
  await expect(chosen(page)).toHaveCount(2);
  await page.mouse.dblclick(at.x, at.y);
  await expect(chosen(page)).toHaveCount(1);
  await back(page);
});

test('a locked stall stays where it is and says so', async ({ page, demo, axe }) => {
  await open(page, demo);
  await row(page, '11').click();
  const was = await place(page, '11');
  await page.locator('.acts').getByRole('button', { name: '锁定' }).click();
  await expect(page.locator('.acts').getByRole('button', { name: '解锁' })).toBeVisible();
  await page.locator('svg.sheet').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.asks')).toContainText('11 号锁着');
  await axe(page);
  await drag(page, '11', 1, 1);
  await page.mouse.up();
  expect(await place(page, '11')).toBe(was);
  await back(page);
});

test('several stalls are lined up, spaced and numbered anew', async ({ page, demo, axe }) => {
  await open(page, demo);
  await drag(page, '2', 0.2, -1);
  await page.mouse.up();
  for (const [at, no] of ['1', '2', '3'].entries()) await row(page, no).click({ modifiers: at ? ['Shift'] : [] });
  await page.getByRole('button', { name: '上对齐' }).click();
  const north = async (no: string) => (await place(page, no)).split(', ')[1];
  expect(await north('2')).toBe(await north('1'));
  await page.getByRole('button', { name: '横向等距' }).click();
  const east = async (no: string) => Number((await place(page, no)).split(', ')[0]);
  expect((await east('2')) - (await east('1'))).toBeCloseTo((await east('3')) - (await east('2')), 0);
  await axe(page);
  await back(page);
});

test('the list is one stop of the tab key; arrows go through it, Enter chooses', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '1').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, '3')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.inspector .no')).toHaveText('3');
  const was = await place(page, '3');
  await page.keyboard.press('ArrowDown');
  expect(await place(page, '3')).not.toBe(was);
  await page.keyboard.press('Escape');
  await expect(row(page, '3')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await page.keyboard.press('End');
  await page.keyboard.press(' ');
  await expect(chosen(page)).toHaveCount(2);
  await back(page);
});

test('the line goes down for a while and nothing is lost', async ({ page, context, demo, expected }) => {
  expected.push(/Failed to fetch|ERR_INTERNET_DISCONNECTED/);
  await open(page, demo);
  const was = await place(page, '10');
  await context.setOffline(true);
  await row(page, '10').click();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('.keeping')).toContainText('没连上，1 个摊位没存');
  await page.keyboard.press('ArrowUp');
  await context.setOffline(false);
  await saved(page);
  const now = await place(page, '10');
  expect(now).not.toBe(was);
  await page.reload();
  await expect(page.locator('.plate')).toHaveCount(14);
  expect(await place(page, '10')).toBe(now);
  await row(page, '10').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await saved(page);
  expect(await place(page, '10')).toBe(was);
});
