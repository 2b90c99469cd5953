package dev.larder.showcase.themoon.pages;

import dev.larder.showcase.themoon.cache.ChatCaches;
import dev.larder.showcase.themoon.chat.Conversations;
import dev.larder.showcase.themoon.chat.Instances;
import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.ConversationLine;
import dev.larder.showcase.themoon.domain.LastMessages;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.source.ChatQueries;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Conversations: a list, one that is live, and two windows side by side. In a demonstration everybody
 * may be anybody, so a window may say with {@code as} who it is: cookies are the same for all ports of a
 * machine, and two windows shall be two people.
 */
@Controller
final class ConversationPages {
  private static final String POLICY = "Content-Security-Policy";
  private static final int LIST = 50;

  private final Frame frame;
  private final Conversations conversations;
  private final ChatCaches caches;
  private final ChatQueries queries;
  private final Instances instances;

  ConversationPages(
      Frame frame,
      Conversations conversations,
      ChatCaches caches,
      ChatQueries queries,
      Instances instances) {
    this.frame = frame;
    this.conversations = conversations;
    this.caches = caches;
    this.queries = queries;
    this.instances = instances;
  }

  /** A message with the name of who sent it. */
  record Line(long number, String name, boolean isMine, String text, java.time.Instant sentAt) {}

  /** One of the two windows. */
  record Window(String address, String name, Instances.Instance instance) {}

  @GetMapping("/conversations")
  String list(Viewer viewer, Model model) {
    model.addAttribute("conversations", queries.conversations(viewer.required(), LIST));
    frame.fill(model, "Conversations", viewer);
    return "themoon/conversations";
  }

  @GetMapping("/conversations/{id}")
  String one(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") long as,
      Viewer viewer,
      HttpServletResponse response,
      Model model) {
    Viewer me = as > 0 ? new Viewer(as) : viewer;
    Conversation conversation = conversations.of(id, me.required());
    LastMessages last = caches.last(id);
    List<Line> lines = last.messages().stream()
        .map(message -> new Line(
            message.number(),
            name(conversation, message.sender()),
            message.sender() == me.id(),
            message.text(),
            message.sentAt()))
        .toList();
    frame.fill(model, conversation.titleFor(me.id()), me);
    model.addAttribute("conversation", conversation);
    model.addAttribute("lines", lines);
    model.addAttribute("last", last.newest());
    model.addAttribute("as", as);
    model.addAttribute(
        "instances",
        instances.alive().stream().map(Instances.Instance::url).collect(Collectors.joining(" ")));
    response.setHeader(POLICY, policy("frame-ancestors 'self' " + origins()));
    return "themoon/conversation";
  }

  private static String name(Conversation conversation, long user) {
    return conversation.members().stream()
        .filter(member -> member.id() == user)
        .map(Person::name)
        .findFirst()
        .orElse("somebody");
  }

  /** Sends without a script. */
  @PostMapping("/conversations/{id}")
  String send(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "0") long as,
      Viewer viewer) {
    long me = as > 0 ? as : viewer.required();
    conversations.send(id, me, text, null);
    return "redirect:/conversations/" + id + (as > 0 ? "?as=" + as : "");
  }

  /** Two members of a conversation, each in a window of another instance if there are two. */
  @GetMapping("/two")
  String two(
      @RequestParam(defaultValue = "0") long conversation,
      Viewer viewer,
      HttpServletResponse response,
      Model model) {
    List<ConversationLine> mine =
        viewer.isKnown() ? queries.conversations(viewer.id(), 1) : List.of();
    long id = conversation > 0 ? conversation : mine.isEmpty() ? 1 : mine.get(0).id();
    List<Person> members = caches
        .conversation(id)
        .filter(it -> it.members().size() > 1)
        .orElseThrow(() -> Refused.notFound("conversation", id))
        .members();
    List<Instances.Instance> alive = instances.alive();
    frame.fill(model, "Two windows", viewer);
    model.addAttribute(
        "windows",
        List.of(
            window(id, members.get(0), alive.get(0)),
            window(id, members.get(1), alive.get(alive.size() - 1))));
    response.setHeader(
        POLICY, policy("frame-src 'self' " + origins() + "; frame-ancestors 'none'"));
    return "themoon/two";
  }

  private static Window window(long conversation, Person person, Instances.Instance instance) {
    return new Window(
        instance.url() + "/conversations/" + conversation + "?as=" + person.id(),
        person.name(),
        instance);
  }

  private String origins() {
    return instances.alive().stream()
        .map(Instances.Instance::origin)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** As all pages, but sockets may be opened to any instance, also one that comes later. */
  private String policy(String frames) {
    String sockets = instances.alive().stream()
        .map(instance -> URI.create(instance.url()))
        .map(uri -> (uri.getScheme().equals("https") ? "wss" : "ws") + "://" + uri.getHost() + ":*")
        .distinct()
        .collect(Collectors.joining(" "));
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        + " connect-src 'self' " + sockets + "; form-action 'self'; base-uri 'none'; " + frames;
  }
}
