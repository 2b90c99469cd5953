package dev.larder.spring.thymeleaf;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.model.IModel;
import org.thymeleaf.processor.element.AbstractElementModelProcessor;
import org.thymeleaf.processor.element.IElementModelStructureHandler;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Tells {@link FragmentProcessor} what stands in the element, and changes nothing: only a processor of
 * models sees the body, and only one of tags can put markup in its place that is not processed again.
 */
final class BodyGathering extends AbstractElementModelProcessor {

  /** The variable that it sets. */
  static final String VARIABLE = "dev.larder.fragment";

  BodyGathering(TemplateMode mode, String prefix) {
    super(
        mode,
        prefix,
        null,
        false,
        FragmentDeclaration.CACHE,
        true,
        FragmentProcessor.PRECEDENCE - 1);
  }

  @Override
  protected void doProcess(
      ITemplateContext context, IModel model, IElementModelStructureHandler structureHandler) {
    structureHandler.setLocalVariable(VARIABLE, Body.of(model));
  }
}
