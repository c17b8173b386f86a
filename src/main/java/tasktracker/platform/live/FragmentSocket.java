package tasktracker.platform.live;

/**
 * Fragments for open pages: {@code /live?topics=messages,jobs&resume=SEQ}. Frames are JSON: {@code
 * {"type":"html","seq":N,"html":"…"}} to be swapped in, {@code {"type":"reload"}} when too much was missed, {@code
 * ping} to be answered with anything.
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

  /** Whatever it is, it is a sign of life. */
  @Override
  void hear(SubscriptionRouter router, SocketClient client, String text) {}
}
