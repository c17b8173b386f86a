package tasktracker.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4010::64",
      "::ffff:8.8.8.8"})
  void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
    assertThat(AddressRange.of(InetAddress.getByName(address))).isEqualTo(AddressRange.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
      "100.64.0.1", "192.0.0.1", "198.18.0.1", "::1", "::", "fc00::1", "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
      "64:ff9b::7f00:1", "::127.0.0.1", "2001:db8::1", "2002:7f00:1::1", "2001::1", "fec0::1", "100::1", "2130706433"})
  void addressesOfThisMachineAndItsNetworkArePrivate(String address) throws UnknownHostException {
    assertThat(AddressRange.of(InetAddress.getByName(address))).isEqualTo(AddressRange.PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "169.254.0.1", "168.63.129.16", "100.100.100.200", "192.0.0.192", "224.0.0.1",
      "239.255.255.255", "255.255.255.255", "fe80::1", "ff02::1", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"})
  void metadataAndLinkLocalAddressesAreRestricted(String address) throws UnknownHostException {
    assertThat(AddressRange.of(InetAddress.getByName(address))).isEqualTo(AddressRange.RESTRICTED);
  }
}
