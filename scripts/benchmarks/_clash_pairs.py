"""Made names of companies: on each line a name, then spellings of the same company,
or (in OTHERS) other companies that look alike. Made up; none is meant.
"""

SAME = """
Nordlicht Mode GmbH | NORDLICHT MODE | Nordlicht-Mode G.m.b.H. | Nordlicht Mode GmbH & Co. KG | Mode Nordlicht | Nordlihct Mode GmbH
Müller Strickwaren GmbH | Mueller Strickwaren | Muller Strickwaren GmbH | MÜLLER-STRICKWAREN | Müller Strikwaren GmbH
Grün & Söhne OHG | Gruen und Soehne | Grun & Sohne OHG | Grün und Söhne oHG
Société Générale de Confection S.A. | Societe Generale de Confection | Société Générale Confection SA | Confection Générale Société
Établissements Lefèvre SARL | Etablissements Lefevre | LEFEVRE ETABLISSEMENTS S.A.R.L. | Établissements Lefevre S.à r.l.
Confecciones Ibáñez, S.L. | Confecciones Ibanez SL | CONFECCIONES IBAÑEZ | Ibáñez Confecciones S.L.U.
Manifattura Bellòmo S.p.A. | Manifattura Bellomo Spa | MANIFATTURA BELLOMO | Bellomo Manifattura SpA | Manifatura Bellomo S.p.A.
Tessitura Rossi & Figli S.r.l. | Tessitura Rossi e Figli srl | Tessitura Rossi & Figli | Rossi & Figli Tessitura
Łódzkie Dziewiarstwo Sp. z o.o. | Lodzkie Dziewiarstwo | Łódzkie Dziewiarstwo spółka z o.o. | LODZKIE DZIEWIARSTWO SP Z O O
Åkerlund Kläder AB | Akerlund Klader | Åkerlund Klader AB | Kläder Åkerlund
Fjærøy Strikk AS | Fjaroy Strikk | Fjaeroy Strikk AS | FJÆRØY STRIKK
Öztürk Tekstil A.Ş. | Ozturk Tekstil AS | Öztürk Tekstil Anonim Sirketi | OZTURK TEKSTIL
São Bento Confecções Ltda. | Sao Bento Confeccoes | SÃO BENTO CONFECÇÕES LTDA | Confecções São Bento
Brightwell Stores Ltd | Brightwell Stores Limited | BRIGHTWELL STORES | Brightwel Stores Ltd. | Bright Well Stores
Harrington & Sons Outfitters plc | Harrington and Sons Outfitters | Harrington Sons Outfitters PLC | Harington & Sons Outfitters
Cedarcrest Apparel Inc. | Cedarcrest Apparels | CEDARCREST APPAREL, INC | Cedar Crest Apparel | Cedarcrest Aparel Inc
Blue Heron Trading Co., Ltd. | Blue Heron Trading | Blue Heron Trdg. Co Ltd | Heron Blue Trading | Blue Herron Trading Co.
Pacific Rim International Ltd | Pacific Rim Intl | Pacific Rim Int'l Limited | PACIFIC RIM INTERNATIONAL | Rim Pacific International
Sunrise Garment Manufacturing Co., Ltd. | Sunrise Garments Mfg | Sunrise Garment Mfg. Co. Ltd | Sunrise Manufacturing Garments
The Wool Cabin LLC | Wool Cabin | The Wool Cabin, L.L.C. | WOOL CABIN LLC
Stadium Row Sports Ltd | Stadium Row Sport | Stadium Row Sports Limited | Stadium-Row Sports
Peterson Brothers Workwear | Peterson Bros. Workwear | Petersen Brothers Workwear | PETERSON BROS WORKWEAR
Kestrel Outdoor Group | Kestrel Outdoor | KESTREL OUTDOOR GRP | Kestrel Outdoors Group
Van der Meer Mode B.V. | Van der Meer Mode BV | Vandermeer Mode | van der meer mode b.v.
De Blauwe Draad B.V. | Blauwe Draad | De Blauwe Draad BV | Blauwe Draad, De
Hansen Tekstil A/S | Hansen Tekstil | HANSEN TEKSTIL AS | Hansen Textil A/S
Kovács Ruhagyár Kft. | Kovacs Ruhagyar | KOVÁCS RUHAGYÁR KFT | Kovacs Ruhagyár Kft
Novák Textil s.r.o. | Novak Textil | NOVÁK TEXTIL SRO | Novák Textile s.r.o.
Popescu Confecții SRL | Popescu Confectii | Confecții Popescu S.R.L. | POPESCU CONFECTII SRL
ООО Ромашка Текстиль | Ромашка Текстиль | РОМАШКА ТЕКСТИЛЬ ООО | Текстиль Ромашка
Παπαδόπουλος Ενδύματα ΑΕ | Παπαδοπουλος Ενδυματα | ΠΑΠΑΔΟΠΟΥΛΟΣ ΕΝΔΥΜΑΤΑ ΑΕ
PT Garuda Busana Tbk | Garuda Busana | PT. GARUDA BUSANA | Garuda Busana, PT
Lotus Knitwear Pvt. Ltd. | Lotus Knitwear Private Limited | Lotus Knitwears | LOTUS KNITWEAR PVT LTD | Lotus Knit Wear
Ganges Cotton Mills Private Limited | Ganges Cotton Mills | Ganges Cotton Mill Pvt Ltd | Ganga Cotton Mills
Mekong Fashion JSC | Mekong Fashion | Mekong Fashions JSC | Fashion Mekong
Tanaka Apparel K.K. | Tanaka Apparel | TANAKA APPAREL KK | Tanaka Aparel
株式会社サクラ | サクラ | ㈱サクラ | サクラ株式会社 | （株）サクラ
有限会社あさひ縫製 | あさひ縫製 | あさひ縫製有限会社
주식회사 한빛어패럴 | 한빛어패럴 | (주)한빛어패럴 | 한빛 어패럴
宁波海风服饰有限公司 | 宁波海风服饰 | 寧波海風服飾有限公司 | 宁波市海风服饰有限责任公司 | 宁波海风服饰股份有限公司 | 海风服饰（宁波）有限公司
上海恒达时装贸易有限公司 | 上海恒达时装贸易 | 上海恆達時裝貿易有限公司 | 上海市恒达时装贸易有限公司 | 上海恒达时装贸易（集团）有限公司
广州市华丽纺织品有限公司 | 广州华丽纺织品有限公司 | 廣州華麗紡織品有限公司 | 广州华丽纺织品
深圳前海新锐国际贸易有限公司 | 深圳市前海新锐国际贸易有限公司 | 深圳前海新銳國際貿易 | 新锐国际贸易（深圳前海）有限公司
浙江绍兴金龙印染厂 | 浙江省绍兴市金龙印染厂 | 浙江紹興金龍印染廠 | 绍兴浙江金龙印染厂
香港東方服裝有限公司 | 香港东方服装有限公司 | 香港東方服裝 | 東方服裝（香港）有限公司
Ｎｉｎｇｂｏ Ｓｅａｗｉｎｄ Ｇａｒｍｅｎｔｓ | Ningbo Seawind Garments Co., Ltd. | Ningbo Seawind Garment | NINGBO SEA WIND GARMENTS CO.,LTD | Seawind Garments (Ningbo)
Golden Needle Tailors | Golden Needle Tailors Ltd. | Golden Nedle Tailors | Tailors Golden Needle
Alpenfaden Handels AG | Alpenfaden Handels-AG | ALPENFADEN HANDELS | Alpenfaden Handel AG
Donauwerk Berufskleidung Ges.m.b.H. | Donauwerk Berufskleidung GmbH | Donauwerk-Berufskleidung | DONAUWERK BERUFSKLEIDUNG GESMBH
Maison Lavaud S.A.S. | Maison Lavaud | LAVAUD MAISON SAS | Maison Laveau SAS
Ateliers d'Arvor SAS | Ateliers d’Arvor | Ateliers dArvor | ATELIERS D'ARVOR S.A.S.
O'Brien Knitting Ltd | OBrien Knitting | O’Brien Knitting Limited | O'Brien Knittings
Thornbury Schoolwear Co-operative | Thornbury Schoolwear Cooperative | Thornbury School Wear Co-operative
Willow Creek Uniforms, LLC | Willowcreek Uniforms | Willow Creek Uniform LLC | WILLOW CREEK UNIFORMS
Meyer Berufsmoden e.K. | Meyer Berufsmoden | Meier Berufsmoden
Svalan Merino Aktiebolag | Svalan Merino AB | Svalan Merino | Svalan Merinno
Quintana Hermanos y Cía. S.A. | Quintana Hermanos | Quintana Hermanos y Cia SA | Quintana Hnos y Cía
Lagos Threads Nigeria Limited | Lagos Threads Nigeria | LAGOS THREADS NIGERIA LTD | Lagos Thread Nigeria
Cape Weavers (Pty) Ltd | Cape Weavers | CAPE WEAVERS PTY LTD | Cape Weaver (Pty)
Southern Cross Surfwear Pty Ltd | Southern Cross Surfwear | Southern Cross Surf Wear | SOUTHERN CROSS SURFWEAR PTY. LTD.
"""

OTHERS = """
Nordlicht Mode GmbH | Südlicht Mode GmbH | Nordlicht Möbel GmbH | Nordstern Mode GmbH | Nordwind Mode GmbH
Müller Strickwaren GmbH | Möller Bauwaren GmbH | Maurer Strickwaren GmbH | Müller Holzwaren GmbH
Brightwell Stores Ltd | Brighton Stores Ltd | Bridgewater Stores Ltd | Stockwell Stores Ltd | Brightside Stores
Blue Heron Trading Co., Ltd. | Blue Harbor Trading | Red Heron Trading | Blue Lagoon Trading Co. | Black Heron Trading
Pacific Rim International Ltd | Pacific Sun International | Atlantic Rim International | Pacific Gate International
Sunrise Garment Manufacturing Co., Ltd. | Sunset Garment Manufacturing | Sunrise Furniture Manufacturing | Moonrise Garments
Shanghai Hengda Garments Co., Ltd. | Ningbo Hengda Garments Co., Ltd. | Shanghai Hongda Machinery | Shanghai Jinda Garments
Peterson Brothers Workwear | Patterson Sisters Workwear | Paterson Footwear | Jefferson Brothers Workwear
Kestrel Outdoor Group | Kendal Outdoor Group | Petrel Indoor Group | Keystone Outdoor
Van der Meer Mode B.V. | Van der Berg Mode B.V. | Van den Heuvel Mode | Van Vliet Mode BV
Hansen Tekstil A/S | Jensen Tekstil A/S | Larsen Tekstil | Hansen Møbler A/S
Novák Textil s.r.o. | Nováček Nábytek s.r.o. | Dvořák Textil s.r.o. | Horák Textil
Lotus Knitwear Pvt. Ltd. | Lily Knitwear Pvt Ltd | Lotus Footwear Pvt. Ltd. | Jasmine Knitwear | Orchid Knitwear
Ganges Cotton Mills | Indus Cotton Mills | Ganges Jute Mills | Krishna Cotton Mills
Mekong Fashion JSC | Saigon Fashion JSC | Hanoi Fashion | Dalat Fashion JSC
Tanaka Apparel K.K. | Takada Apparel K.K. | Nakata Apparel | Yamanaka Apparel
宁波海风服饰有限公司 | 宁波海天服饰有限公司 | 温州海风家具有限公司 | 宁波春风服饰有限公司 | 宁波海风机械有限公司
上海恒达时装贸易有限公司 | 上海宏达电子贸易有限公司 | 北京恒达时装有限公司 | 上海恒信时装贸易有限公司 | 宁波恒达服装有限公司
广州市华丽纺织品有限公司 | 广州市华美纺织品有限公司 | 佛山华丽陶瓷有限公司 | 广州市丽华建材有限公司
深圳前海新锐国际贸易有限公司 | 深圳前海新星国际物流有限公司 | 深圳南山锐新电子有限公司
香港東方服裝有限公司 | 香港西方服裝有限公司 | 澳門東方餐飲有限公司 | 香港東亞運輸有限公司
株式会社サクラ | 株式会社サツキ | 株式会社カエデ
Golden Needle Tailors | Silver Needle Tailors | Golden Thread Tailors | Golden Button Drapers
Alpenfaden Handels AG | Alpenblick Handels AG | Alpenrose Hotel AG | Goldfaden Handels AG
Maison Lavaud S.A.S. | Maison Laurent S.A.S. | Maison Duval | Château Lavaud
Willow Creek Uniforms, LLC | Willow Lake Uniforms | Cedar Creek Uniforms | Willow Brook Bakery | Walnut Creek Uniforms
Meyer Berufsmoden e.K. | Bayer Berufsmoden | Meyer Gartenbau | Schmeyer Optik
Svalan Merino AB | Svanen Merino AB | Tranan Merino AB | Svalan Bageri AB
Lagos Threads Nigeria Limited | Lagos Timber Nigeria Limited | Kano Threads Nigeria | Ibadan Threads Nigeria Ltd
Southern Cross Surfwear Pty Ltd | Southern Star Surfwear | Northern Cross Surfwear | Southern Cross Dairy
Harrington & Sons Outfitters plc | Farrington & Daughters Outfitters | Harrison & Sons Butchers | Barrington Caterers
Cedarcrest Apparel Inc. | Cedarwood Apparel Inc. | Pinecrest Apparel | Hillcrest Apparel Inc | Cedarcrest Plumbing
Manifattura Bellòmo S.p.A. | Manifattura Bellini S.p.A. | Manifattura Lombardi | Ceramica Bellomo
Confecciones Ibáñez, S.L. | Confecciones Jiménez, S.L. | Confecciones Núñez | Ibáñez Hormigones
Grün & Söhne OHG | Braun & Söhne OHG | Grünwald & Töchter | Blau & Söhne
First Textile Trading | Best Textile Trading | Prime Textile Trading | First Steel Trading
Style 21 Fashion | Style 12 Fashion | Style 2000 Fashion
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a block: each line's first name with each of the others."""
    found = []
    for line in text.strip().splitlines():
        first, *others = (name.strip() for name in line.split("|"))
        found += [(first, other) for other in others]
    return found
