package dev.larder.spring.thymeleaf;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.engine.ModelBuilderTemplateHandler;
import org.thymeleaf.engine.TemplateData;
import org.thymeleaf.engine.TemplateModel;
import org.thymeleaf.model.ICDATASection;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IComment;
import org.thymeleaf.model.IDocType;
import org.thymeleaf.model.IModel;
import org.thymeleaf.model.IModelVisitor;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessingInstruction;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.ITemplateEnd;
import org.thymeleaf.model.ITemplateEvent;
import org.thymeleaf.model.ITemplateStart;
import org.thymeleaf.model.IText;
import org.thymeleaf.model.IXMLDeclaration;

/** What stands in an element, as the parsed template has it. One thread. */
final class Body {

  private static final int DIGEST_LENGTH = 22;

  private final List<ITemplateEvent> events;

  private Body(List<ITemplateEvent> events) {
    this.events = events;
  }

  /** The body of an element's model: everything but its first and last event. */
  static Body of(IModel element) {
    List<ITemplateEvent> events = new ArrayList<>(element.size());
    for (int i = 1; i < element.size() - 1; i++) {
      events.add(element.get(i));
    }
    return new Body(events);
  }

  /** As a template of its own, with the same events: nothing is parsed again. */
  TemplateModel template(IEngineConfiguration configuration, TemplateData owner) {
    ModelBuilderTemplateHandler builder = new ModelBuilderTemplateHandler(configuration, owner);
    Replay replay = new Replay(builder);
    builder.handleTemplateStart(Edge.EDGE);
    events.forEach(event -> event.accept(replay));
    builder.handleTemplateEnd(Edge.EDGE);
    return builder.getModel();
  }

  /** The same for equal sources, on every node; another once the template has changed. */
  String digest() {
    try {
      StringWriter source = new StringWriter();
      for (ITemplateEvent event : events) {
        event.write(source);
      }
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(source.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(hash)
          .substring(0, DIGEST_LENGTH);
    } catch (IOException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where a template begins and ends; the engine puts its own in its place. */
  private enum Edge implements ITemplateStart, ITemplateEnd {
    EDGE;

    @Override
    public boolean hasLocation() {
      return false;
    }

    @Override
    public String getTemplateName() {
      return "";
    }

    @Override
    public int getLine() {
      return -1;
    }

    @Override
    public int getCol() {
      return -1;
    }

    @Override
    public void accept(IModelVisitor visitor) {}

    @Override
    public void write(java.io.Writer writer) {}
  }

  /** Hands each event to the handler that builds a template. */
  private record Replay(ModelBuilderTemplateHandler into) implements IModelVisitor {

    @Override
    public void visit(ITemplateStart event) {}

    @Override
    public void visit(ITemplateEnd event) {}

    @Override
    public void visit(IXMLDeclaration event) {
      into.handleXMLDeclaration(event);
    }

    @Override
    public void visit(IDocType event) {
      into.handleDocType(event);
    }

    @Override
    public void visit(ICDATASection event) {
      into.handleCDATASection(event);
    }

    @Override
    public void visit(IComment event) {
      into.handleComment(event);
    }

    @Override
    public void visit(IText event) {
      into.handleText(event);
    }

    @Override
    public void visit(IStandaloneElementTag event) {
      into.handleStandaloneElement(event);
    }

    @Override
    public void visit(IOpenElementTag event) {
      into.handleOpenElement(event);
    }

    @Override
    public void visit(ICloseElementTag event) {
      into.handleCloseElement(event);
    }

    @Override
    public void visit(IProcessingInstruction event) {
      into.handleProcessingInstruction(event);
    }
  }
}
