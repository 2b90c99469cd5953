/** What all pages are: elements in the light of the one stylesheet, that follow the store. */
import { LitElement } from 'lit';
import { store } from './store.js';

export class Page extends LitElement {
  static properties = { problem: { state: true } };

  constructor() {
    super();
    this.problem = '';
    this.listener = () => this.requestUpdate();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    store.addEventListener('change', this.listener);
  }

  disconnectedCallback() {
    store.removeEventListener('change', this.listener);
    super.disconnectedCallback();
  }

  /** Runs what may be refused and says why, if it is. */
  async attempt(task) {
    this.problem = '';
    try {
      return await task();
    } catch (problem) {
      this.problem = problem.message;
      return undefined;
    }
  }
}
