package tasktracker.platform.live;

/**
 * Fragments for open pages: {@code /live?topics=messages,jobs&resume=SEQ}. Frames are JSON: {@code
 * {"type":"html","seq":N,"html":"…"}} for HTML to swap in, {@code {"type":"reload"}} when the page missed too many
 * events, {@code ping}, which any text answers.
 */
public class FragmentSocket extends SocketServlet {

  private static final long serialVersionUID = 1L;

  @Override
  int maxMessageBytes() {
    return 1 << 10;
  }

  @Override
  boolean wantsHtml() {
    return true;
  }

  /** Any text counts as an answer to a ping. */
  @Override
  void onMessage(SubscriptionRouter router, SocketClient client, String text) {}
}
