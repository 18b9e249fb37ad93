/// A DBC file with every kind of statement, as the tools of the field write them.
enum SampleFile {
  static let text = #"""
    VERSION "2.6"

    NS_ :
    	NS_DESC_
    	CM_
    	BA_DEF_
    	SG_MUL_VAL_

    BS_:

    BU_: BMS INV
     Display
    VAL_TABLE_ Alarm 2 "inactive" 1 "active" ;

    BO_ 854 Measurements: 8 BMS
     SG_ Voltage : 0|16@1- (0.01,0) [-327.68|327.67] "V" INV,Display
     SG_ Current : 16|16@1- (0.1,0) [-3276.8|3276.7] "A" INV
     SG_ Temperature : 32|16@1- (0.1,0) [0|0] "°C" Vector__XXX

    BO_ 2566844926 Cells: 8 BMS
     SG_ Page M : 7|8@0+ (1,0) [0|255] "" INV
     SG_ Low m0 : 15|16@0+ (1,0) [0|0] "mV" INV
     SG_ Kind m1M : 15|8@0+ (1,0) [0|0] "" INV
     SG_ Deep m2 : 23|8@0+ (1,0) [0|0] "" INV
     SG_ Power m3 : 31|32@0- (1,0) [-1E+38|1E+38] "W" INV

    BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX
     SG_ Unused : 0|8@1+ (1,0) [0|0] "" Vector__XXX

    BO_TX_BU_ 854 : BMS,Display;
    EV_ Dim: 0 [0|100] "%" 50 1 DUMMY_NODE_VECTOR0 Display;
    ENVVAR_DATA_ Dim: 4;
    SIG_GROUP_ 854 Electrical 1 : Voltage Current;
    CM_ "Sent by the \"REC Q\".
    Logged to C:\can\";
    CM_ BU_ BMS "The battery.";
    CM_ BO_ 854 "What it measures.";
    CM_ SG_ 854 Current "Positive
    while it charges.";
    CM_ EV_ Dim "The display's lamp.";
    BA_DEF_ "BusType" STRING ;
    BA_DEF_ BO_ "GenMsgSendType" ENUM "cyclic","event";
    BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;
    BA_DEF_ SG_ "GenSigFactor" FLOAT 0 1;
    BA_DEF_REL_ BU_SG_REL_ "Timeout" INT 0 9;
    BA_DEF_DEF_ "GenMsgSendType" "cyclic";
    BA_DEF_DEF_ "GenMsgCycleTime" 1000;
    BA_DEF_DEF_REL_ "Timeout" 5;
    BA_ "BusType" "CAN";
    BA_ "GenMsgSendType" BO_ 854 1;
    BA_ "GenSigFactor" SG_ 854 Current 0.5;
    BA_ "NodeLayer" BU_ BMS 3;
    BA_REL_ "Timeout" BU_SG_REL_ INV SG_ 854 Voltage 7;
    VAL_ 854 Current -1 "Error" 32767 "Not available" ;
    VAL_ Dim 0 "off" 100 "on" ;
    VAL_ 2566844926 Kind Alarm ;
    SIG_VALTYPE_ 2566844926 Power : 1;
    SG_MUL_VAL_ 2566844926 Low Page 0-0;
    SG_MUL_VAL_ 2566844926 Kind Page 1-1, 4-6;
    SG_MUL_VAL_ 2566844926 Deep Kind 2-2;

    """#
}
