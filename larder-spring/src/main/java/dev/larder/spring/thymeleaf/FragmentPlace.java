package dev.larder.spring.thymeleaf;

import org.thymeleaf.model.ITemplateEvent;

/**
 * Where a fragment stands.
 *
 * @param template name of its template
 * @param line from 1
 */
record FragmentPlace(String template, int line) {

  static FragmentPlace of(ITemplateEvent event) {
    return new FragmentPlace(String.valueOf(event.getTemplateName()), event.getLine());
  }

  @Override
  public String toString() {
    return "template \"" + template + "\", line " + line;
  }
}
