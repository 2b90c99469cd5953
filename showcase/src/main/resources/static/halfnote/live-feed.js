// Shows a feed's new lines as soon as the cached feed was invalidated, by whatever node or program. Older pages
// of the feed stay as they are.
import { hear } from '../larder-web/live.js';

const list = document.querySelector('ol.feed');
const news = document.querySelector('.news');

async function showNew() {
  const answer = await fetch(location.href);
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('ol.feed');
  const added = fresh.childElementCount > 0 && fresh.firstElementChild.innerHTML !== list.firstElementChild?.innerHTML;
  list.replaceChildren(...fresh.children);
  if (added) {
    document.querySelector('.empty')?.remove();
    news.textContent = 'New lines came in.';
  }
}

if (!new URLSearchParams(location.search).has('before')) {
  hear('live', [`feed:${list.dataset.kind}`], showNew, list.dataset.position);
}
