package planted.house.table;

import software.amazon.awssdk.planted.Client;

record SdkUser(Client client) {}
